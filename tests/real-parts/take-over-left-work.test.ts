// Shows these lines of docs/compatibility.md: left-over-work.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { forEachEngine, type TestEngine } from '../../testing/database-engines.ts';
import { skipWithout } from '../../testing/debian-packages.ts';
import { type NumberedMachine, numberedMachine } from '../../testing/numbered-machine.ts';
import { numberedUuid } from '../../testing/numbered-uuid.ts';
import {
  openPlainDatabase,
  originalConnection,
  originalRows,
  type PlainDatabase,
  type RowsOfTables,
} from '../../testing/original-database.ts';
import { originalPackages, runOriginalDbsync, startOriginal } from '../../testing/original-service.ts';
import { type Successor, startSuccessor } from '../../testing/original-successor.ts';
import { type RunningService, runningService } from '../../testing/running-service.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

const skip = skipWithout(originalPackages);

/** The nodes, by what our service left undone of each; the last one it had finished. */
const numbers = { start: 1, process: 2, finish: 3, nothing: 4 } as const;

const machineOf = (name: keyof typeof numbers): NumberedMachine => numberedMachine(numbers[name]);
const uuidOf = (name: keyof typeof numbers): string => numberedUuid(numbers[name]);
const names = Object.keys(numbers) as (keyof typeof numbers)[];

/** What a service that was killed left in tables of ours is of no account once the original has run. */
describe('work that was left', { skip }, () => forEachEngine('before the original ran', isDropped));

function isDropped(engine: TestEngine): void {
  const folder = temporaryFolder().path;
  let connection: string;
  let standIn: RunningService;
  let database: PlainDatabase;
  let ours: Successor;
  let rows: RowsOfTables;

  before(async () => {
    connection = originalConnection(await engine.emptyDatabase());
    const { code, stderr } = await runOriginalDbsync(folder, connection, 'upgrade');
    assert.equal(code, 0, stderr);
    database = await openPlainDatabase(connection);
    standIn = await runningService();
    ours = await startSuccessor(connection);
    for (const name of names) {
      for (const { client } of [standIn, ours]) {
        await client.createNode({ uuid: uuidOf(name) }, [machineOf(name).macs[0]]);
      }
    }
    for (const name of names) await ours.client.start(uuidOf(name));
    await ours.client.callBack(machineOf('nothing').data());
    await ours.client.untilEnded(uuidOf('nothing'));
    await ours.stop();
    await leave('start', null);
    await leave('process', JSON.stringify(machineOf('process').data({ 'inventory.cpu.count': 7 })));
    await leave('finish', null);
    await runTheOriginal();
    rows = await originalRows(database);
    ours = await startSuccessor(connection);
    // Whatever is taken up is taken up at once; setting the power takes a second.
    await wait(2000);
  });

  after(async () => {
    await ours?.stop();
    await database?.close();
    await standIn?.stop();
  });

  /** As a killed service leaves it. */
  const leave = async (kind: 'start' | 'process' | 'finish', data: string | null) => {
    const [row] = await database.rows(`SELECT * FROM nodes WHERE uuid = '${uuidOf(kind)}'`);
    await database.insert('work_in_flight', {
      node_uuid: uuidOf(kind),
      kind,
      arguments: '{}',
      data,
      created_at: row?.started_at ?? null,
      version_id: row?.version_id ?? null,
    });
  };

  /** All anew, and one of them to its end. */
  const runTheOriginal = async () => {
    const bareMetalUrl = `${standIn.client.url}/baremetal`;
    const original = await startOriginal({ folder, connection, bareMetalUrl });
    try {
      for (const name of names) await original.client.start(uuidOf(name));
      await original.client.callBack(machineOf('nothing').data());
      await original.client.untilEnded(uuidOf('nothing'));
    } finally {
      await original.stop();
    }
  };

  it('does nothing to introspections that the original has started since', async () => {
    assert.deepEqual(await originalRows(database), rows);
  });

  it('is gone', async () => {
    assert.deepEqual(await database.rows('work_in_flight'), []);
  });

  it('does not show changes of the run before', async () => {
    const { status, text } = await ours.client.ask(`GET /v1/introspection/${uuidOf('nothing')}/changes`);

    assert.equal(status, 404, text);
  });

  it('leaves the nodes to their ramdisks', async () => {
    for (const name of ['start', 'process', 'finish'] as const) {
      const { status, text } = await ours.client.callBack(machineOf(name).data());
      assert.deepEqual([status, JSON.parse(text)], [200, { uuid: uuidOf(name) }]);
      assert.equal((await ours.client.untilEnded(uuidOf(name))).state, 'finished');
    }
  });
}
