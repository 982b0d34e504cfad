import assert from 'node:assert/strict';
import { it } from 'node:test';
import { forEachEngine } from '../../testing/database-engines.ts';
import { numberedUuid } from '../../testing/numbered-uuid.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { type SettableClock, settableClock } from '../../testing/settable-clock.ts';
import type { Database } from '../database/database.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import { NodeStore } from '../nodes/node-store.ts';
import { BulkProgressStore } from './bulk-progress-store.ts';
import type { BulkRun } from './bulk-run.ts';
import { BulkRunStore } from './bulk-run-store.ts';
import { BulkStarter, type BulkStarterParts } from './bulk-starter.ts';

const run = numberedUuid(900);
const other = numberedUuid(901);
const node = numberedUuid;
const chosen = (...numbers: number[]) =>
  numbers.map((number) => ({ uuid: node(number), name: `node-${number}` }));
const upTo = (count: number) => chosen(...Array.from({ length: count }, (_, number) => number + 1));
const day = 86_400_000;

/** A process that is killed cannot write down what went wrong either. */
class DyingStore extends BulkProgressStore {
  override async refuse(): Promise<void> {
    throw new Error('killed');
  }
}

class Lab {
  readonly clock: SettableClock = settableClock();
  readonly log = recordingLogger();
  readonly started: string[] = [];
  readonly refusals = new Map<string, unknown>();
  readonly nodes: NodeStore;
  readonly runs: BulkRunStore;
  readonly progress: BulkProgressStore;
  readonly database: Database;

  constructor(database: Database) {
    this.database = database;
    this.nodes = new NodeStore(database, this.clock);
    this.runs = new BulkRunStore(database, this.clock);
    this.progress = new BulkProgressStore(database, this.clock);
  }

  starter(changes: Partial<BulkStarterParts> = {}): BulkStarter {
    return new BulkStarter({
      store: this.progress,
      start: async (uuid, alongside) => {
        const refusal = this.refusals.get(uuid);
        if (refusal !== undefined) throw refusal;
        await this.nodes.start(uuid, { manageBoot: true, alongside });
        this.started.push(uuid);
      },
      bootLimit: 100,
      maxAge: 90,
      delay: 0,
      clock: this.clock,
      log: this.log,
      ...changes,
    });
  }

  /** One look at the runs, and all that it starts. */
  async tick(starter: BulkStarter): Promise<void> {
    await starter.tick();
    await starter.idle();
  }

  async wait(uuid: string): Promise<NodeRecord> {
    return this.nodes.transition(await this.nodes.get(uuid), 'wait');
  }

  async finish(uuid: string): Promise<void> {
    const processing = await this.nodes.transition(await this.wait(uuid), 'process');
    await this.nodes.end(processing, 'finish');
  }

  async fail(uuid: string, error: string): Promise<void> {
    await this.nodes.end(await this.nodes.get(uuid), 'error', error);
  }

  async counts(which = run): Promise<Partial<BulkRun['counts']>> {
    const { counts } = await this.runs.get(which);
    return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
  }

  /** State and reason of the members, in their order. */
  async members(which = run): Promise<string[]> {
    const members = await this.runs.members(which, { limit: 1000 });
    return members.map(({ state, reason }) => (reason === null ? state : `${state}: ${reason}`));
  }
}

forEachEngine('a bulk run', (engine) => {
  const lab = async () => new Lab(await engine.testDatabase());

  it('starts as many nodes as may boot at once, and the next ones as those end', async () => {
    const on = await lab();
    await on.runs.create(run, {}, upTo(20));
    const starter = on.starter();

    await on.tick(starter);
    await on.tick(starter);
    assert.deepEqual(
      [on.started.toSorted(), await on.counts()],
      [upTo(8).map(({ uuid }) => uuid), { queued: 12, started: 8 }],
    );
    await on.finish(node(1));
    await on.fail(node(2), 'it smokes');
    await on.tick(starter);

    assert.deepEqual(await on.counts(), { queued: 9, started: 9, finished: 1, failed: 1 });
    assert.equal((await on.members())[1], 'failed: it smokes');
    assert.equal((await on.runs.pace())?.limit, 9);
  });

  it('ends with its last node, and says what became of them', async () => {
    const on = await lab();
    await on.runs.create(run, { nodes: 2 }, upTo(2));
    const starter = on.starter();
    await on.tick(starter);
    await on.finish(node(1));
    await on.nodes.forget(await on.nodes.get(node(2)));

    await on.tick(starter);

    const { state, finishedAt, counts, total, selection } = await on.runs.get(run);
    assert.deepEqual([state, total, selection], ['finished', 2, { nodes: 2 }]);
    assert.equal(finishedAt, engine.kept('2026-11-22T13:36:35.123000'));
    assert.deepEqual([counts.finished, counts.failed], [1, 1]);
    assert.match((await on.members())[1] ?? '', /^failed: The node is not known any more/);
    assert.deepEqual(on.log.at('info'), [`Bulk run ${run} has ended`]);
  });

  it('counts all machines that are on their way, whoever started them', async () => {
    const on = await lab();
    for (const single of [101, 102, 103]) await on.nodes.start(node(single), { manageBoot: true });
    await on.wait(node(101));
    await on.runs.create(run, {}, upTo(10));

    await on.tick(on.starter());

    assert.deepEqual(await on.counts(), { queued: 5, started: 5 });
  });

  it('keeps few nodes in line where power-ons come one by one', async () => {
    const on = await lab();
    await on.runs.create(run, {}, upTo(10));
    const starter = on.starter({ delay: 5 });

    await on.tick(starter);
    await on.tick(starter);
    assert.equal(on.started.length, 3);
    await on.wait(node(1));
    await on.tick(starter);

    assert.equal(on.started.length, 4);
  });

  it('shares the room with other runs', async () => {
    const on = await lab();
    await on.runs.create(run, {}, upTo(50));
    await on.runs.create(other, {}, chosen(60, 61));

    await on.tick(on.starter());

    assert.deepEqual(
      [await on.counts(), await on.counts(other)],
      [{ queued: 44, started: 6 }, { started: 2 }],
    );
  });

  it('skips what the service refuses to start, and fails what cannot be told', async () => {
    const on = await lab();
    await on.runs.create(run, {}, upTo(3));
    on.refusals.set(node(1), new InspectorError('invalid', 'Invalid provision state'));
    on.refusals.set(node(2), new TypeError('a bug'));
    await on.nodes.start(node(3), { manageBoot: true });
    const starter = on.starter();

    await on.tick(starter);
    await on.tick(starter);

    assert.deepEqual(await on.members(), [
      'skipped: Invalid provision state',
      'failed: a bug',
      "skipped: Can not transition from state 'starting' on event 'start' (no defined transition)",
    ]);
    assert.equal((await on.runs.get(run)).state, 'finished');
    assert.match(on.log.at('error').join(), /was not started: a bug/);
  });

  it('tries a busy node again later, and gives it up in the end', async () => {
    const on = await lab();
    await on.runs.create(run, {}, upTo(2));
    on.refusals.set(node(1), new InspectorError('conflict', 'Node 1 is locked'));
    const starter = on.starter();

    await on.tick(starter);
    await on.tick(starter);
    assert.deepEqual(await on.members(), ['queued: Node 1 is locked', 'started']);
    for (let tries = 1; tries < 10; tries++) {
      on.clock.advance(301_000);
      await on.tick(starter);
    }

    assert.deepEqual(await on.members(), ['failed: Not started in 10 tries: Node 1 is locked', 'started']);
  });

  it('rests while the bare metal service is away, then begins with one node', async () => {
    const on = await lab();
    await on.runs.create(run, {}, upTo(20));
    for (const { uuid } of upTo(20)) on.refusals.set(uuid, new InspectorError('unavailable', 'No Ironic'));
    const starter = on.starter();

    await on.tick(starter);
    on.refusals.clear();
    await on.tick(starter);
    assert.equal(on.started.length, 0);
    on.clock.advance(10_001);
    await on.tick(starter);
    assert.equal(on.started.length, 1);
    await on.tick(starter);

    assert.equal(on.started.length, 8);
    assert.match(on.log.at('warning')[0] ?? '', /^Bulk: no node is started for 10 s: No Ironic$/);
  });

  it('starts no node twice, however many conductors take themselves for the leader', async () => {
    const on = await lab();
    await on.runs.create(run, {}, upTo(8));
    const starters = [on.starter(), on.starter(), on.starter()];

    await Promise.all(starters.map((starter) => on.tick(starter)));

    assert.deepEqual(
      on.started.toSorted(),
      upTo(8).map(({ uuid }) => uuid),
    );
    assert.deepEqual(await on.counts(), { started: 8 });
  });

  it('is gone on with after a crash between the rows of a start', async () => {
    const on = await lab();
    await on.runs.create(run, {}, upTo(2));
    const crash = new Error('killed');
    const crashing = on.starter({
      start: async (uuid, alongside) => {
        const dying = async (transaction: Parameters<typeof alongside>[0]) => {
          await alongside(transaction);
          throw crash;
        };
        await on.nodes.start(uuid, { manageBoot: true, alongside: dying });
      },
      store: new DyingStore(on.database, on.clock),
    });

    await on.tick(crashing);
    assert.deepEqual([await on.counts(), await on.nodes.uuids()], [{ queued: 2 }, []]);
    await on.tick(on.starter());

    assert.deepEqual(await on.counts(), { started: 2 });
    assert.match(on.log.at('warning')[0] ?? '', /is tried again: killed$/);
  });

  it('starts nothing more once it is cancelled, and ends with what has begun', async () => {
    const on = await lab();
    await on.runs.create(run, {}, upTo(10));
    const starter = on.starter();
    await on.tick(starter);

    await on.runs.cancel(run);
    await on.runs.cancel(run);
    await on.tick(starter);
    assert.deepEqual(
      [(await on.runs.get(run)).state, await on.counts()],
      ['cancelling', { started: 8, cancelled: 2 }],
    );
    await assert.rejects(on.runs.delete(run), { kind: 'conflict' });
    for (const { uuid } of upTo(8)) await on.finish(uuid);
    await on.tick(starter);

    assert.deepEqual(
      [(await on.runs.get(run)).state, await on.counts()],
      ['cancelled', { finished: 8, cancelled: 2 }],
    );
    await assert.rejects(on.runs.cancel(run), {
      kind: 'conflict',
      message: `Run ${run} has ended: cancelled`,
    });
  });

  it('that was cancelled while a node was about to start does not start it', async () => {
    const on = await lab();
    await on.runs.create(run, {}, upTo(1));
    const starter = on.starter({
      start: async (uuid, alongside) => {
        await on.runs.cancel(run);
        await on.nodes.start(uuid, { manageBoot: true, alongside });
      },
    });

    await on.tick(starter);

    assert.deepEqual([await on.nodes.uuids(), await on.members()], [[], ['cancelled']]);
  });

  it('lowers the pace when introspections time out, and says so', async () => {
    const on = await lab();
    await on.runs.create(run, {}, upTo(20));
    const starter = on.starter();
    await on.tick(starter);
    for (const { uuid } of upTo(4)) await on.fail(uuid, 'Introspection timeout: the machine got no address');
    on.clock.advance(1000);

    await on.tick(starter);

    assert.equal((await on.runs.pace())?.limit, 4);
    assert.deepEqual(await on.counts(), { queued: 12, started: 4, failed: 4 });
    assert.match(on.log.at('warning')[0] ?? '', /^Bulk: 4 machine\(s\) .* halved from 8 .* as 4 of 4 /);
  });

  it('starts nothing more once the service stops, and waits for what it is starting', async () => {
    const on = await lab();
    await on.runs.create(run, {}, upTo(30));
    const starter = on.starter({ bootLimit: 100 });
    await starter.tick();

    await starter.stop();
    await starter.tick();
    await starter.stop();

    assert.deepEqual(await on.counts(), { queued: 22, started: 8 });
  });

  it('is deleted when it is old, or when somebody wants it', async () => {
    const on = await lab();
    await on.runs.create(run, {}, upTo(1));
    const starter = on.starter({ maxAge: 1 });
    await on.tick(starter);
    await on.finish(node(1));
    await on.tick(starter);
    on.clock.advance(2 * day);

    await on.tick(on.starter({ maxAge: 0 }));
    assert.equal((await on.runs.list({ limit: 10 })).length, 1);
    await on.tick(starter);

    assert.deepEqual(await on.runs.list({ limit: 10 }), []);
    assert.match(on.log.at('info').at(-1) ?? '', /is deleted: it ended more than 1 days ago$/);
  });
});
