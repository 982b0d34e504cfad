// Shows these lines of docs/compatibility.md: coordination-in-database, leadership-moves.
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type { Database } from '../../src/database/database.ts';
import { NodeStore } from '../../src/nodes/node-store.ts';
import { type ConductorProcess, conductorProcess } from '../../testing/conductor-process.ts';
import { forEachEngine, type TestEngine } from '../../testing/database-engines.ts';
import { numberedUuid } from '../../testing/numbered-uuid.ts';
import { eventually } from '../../testing/service-client.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import { testDatabase } from '../../testing/test-database.ts';

/** Seconds; longer than a busy machine keeps a process from running. */
const lease = 2;

/** Four processes; those that a test has killed or left paused are not used by a later one. */
function fourConductors(engine: TestEngine) {
  const all: ConductorProcess[] = [];
  let database: Database;
  before(async () => {
    const connection = await engine.emptyDatabase();
    database = await testDatabase(connection);
    const hosts = ['a', 'b', 'c', 'd'];
    all.push(...(await Promise.all(hosts.map((host) => conductorProcess(connection, host, lease)))));
  });
  after(async () => {
    await Promise.all(all.map((one) => one.stop()));
    await database.close();
  });
  return {
    /** A node of its own for each test, whose `error` counts. */
    async node(index: number) {
      const nodes = new NodeStore(database, settableClock());
      const uuid = numberedUuid(index);
      await nodes.register(uuid, { state: 'finished', manageBoot: true });
      return { uuid, counted: async () => Number((await nodes.get(uuid)).error) };
    },
    process(host: string) {
      const one = all.find((conductor) => conductor.host === host);
      if (one === undefined) throw new Error(`There is no conductor ${host}`);
      return one;
    },
    all,
  };
}

const contend = (one: ConductorProcess, uuid: string, times: number) =>
  one.ask<{ wrote: number; refused: number }>(`contend ${uuid} ${times}`);

forEachEngine('conductors in processes of their own', (engine) => {
  const conductors = fourConductors(engine);

  it('work on a node one at a time', async () => {
    const { uuid, counted } = await conductors.node(1);

    const results = await Promise.all(conductors.all.map((one) => contend(one, uuid, 15)));

    assert.deepEqual(
      results,
      conductors.all.map(() => ({ wrote: 15, refused: 0 })),
    );
    assert.equal(await counted(), 60);
  });

  it('have one leader, and another one when it is paused', async () => {
    const leads = () => Promise.all(conductors.all.map((one) => one.ask<boolean>('lead')));
    const first = await leads();
    const leader = conductors.all[first.indexOf(true)];
    const others = conductors.all.filter((one) => one !== leader);
    assert.equal(first.filter(Boolean).length, 1);

    leader?.signal('SIGSTOP');
    const next = await eventually(
      () => Promise.all(others.map((one) => one.ask<boolean>('lead'))),
      (answers) => answers.includes(true),
    );
    leader?.signal('SIGCONT');

    assert.equal(next.filter(Boolean).length, 1);
    assert.equal(await leader?.ask('lead'), false);
    assert.equal((await leads()).filter(Boolean).length, 1);
  });

  it('take over from one that is killed', async () => {
    const { uuid, counted } = await conductors.node(2);
    const [killed, ...others] = ['a', 'b', 'c', 'd'].map((host) => conductors.process(host));
    await eventually(
      () => killed?.ask<string[]>('members') ?? Promise.resolve([]),
      (members) => members.length === 4,
    );
    assert.equal(await killed?.ask(`hold ${uuid}`), 'held');

    await killed?.kill();
    const results = await Promise.all(others.map((one) => contend(one, uuid, 3)));

    assert.deepEqual(
      results,
      others.map(() => ({ wrote: 3, refused: 0 })),
    );
    assert.equal(await counted(), 9);
    await eventually(
      () => Promise.all(others.map((one) => one.ask<boolean>('lead'))),
      (answers) => answers.filter(Boolean).length === 1,
    );
  });

  it('take over from one that is paused, which writes nothing when it goes on', async () => {
    const { uuid, counted } = await conductors.node(3);
    const [paused, ...others] = ['b', 'c', 'd'].map((host) => conductors.process(host));
    assert.equal(await paused?.ask(`hold ${uuid}`), 'held');

    paused?.signal('SIGSTOP');
    const results = await Promise.all(others.map((one) => contend(one, uuid, 3)));
    paused?.signal('SIGCONT');
    const late = await paused?.ask('write');

    assert.deepEqual(
      results,
      others.map(() => ({ wrote: 3, refused: 0 })),
    );
    assert.equal(late, 'refused');
    assert.equal(await counted(), 6);
    await eventually(
      () => others[0]?.ask<string[]>('members') ?? Promise.resolve([]),
      (members) => members.length === 3,
    );
    assert.deepEqual(await paused?.ask(`contend ${uuid} 1`), { wrote: 1, refused: 0 });
  });
});
