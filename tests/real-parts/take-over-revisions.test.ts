import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { upgrade } from '../../src/database/migrate.ts';
import { forEachEngine, type TestEngine } from '../../testing/database-engines.ts';
import { skipWithout } from '../../testing/debian-packages.ts';
import { type NumberedMachine, numberedMachine } from '../../testing/numbered-machine.ts';
import { answersOf } from '../../testing/original-answers.ts';
import {
  openPlainDatabase,
  originalConnection,
  originalTables,
  type PlainDatabase,
  type Row,
  sorted,
} from '../../testing/original-database.ts';
import {
  originalNode,
  originalNodes,
  originalRevisions,
  rowsAtHead,
  rowsAtRevision,
} from '../../testing/original-rows.ts';
import { originalPackages, runOriginalDbsync, startOriginal } from '../../testing/original-service.ts';
import { type Successor, startSuccessor } from '../../testing/original-successor.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openTestDatabase } from '../../testing/test-database.ts';

const skip = skipWithout(originalPackages);

const head = 'b55109d5063a';

describe('of the original', { skip }, () => forEachEngine('a database', isUpgradedFromAnyRevision));

/** The connection to a new database that the original's own command brought to a revision. */
async function databaseAt(revision: string, engine: TestEngine): Promise<string> {
  const connection = originalConnection(await engine.emptyDatabase());
  const folder = temporaryFolder().path;
  const { code, stderr } = await runOriginalDbsync(folder, connection, 'upgrade', '--revision', revision);
  assert.equal(code, 0, stderr);
  return connection;
}

/** Our upgrade; gives what it logged. */
async function upgradeInPlace(connection: string): Promise<readonly string[]> {
  const database = await openTestDatabase(connection);
  const log = recordingLogger();
  try {
    await upgrade(database, log);
  } finally {
    await database.close();
  }
  return log.lines;
}

async function finish(service: Successor, uuid: string, machine: NumberedMachine): Promise<void> {
  const { status, text } = await service.client.callBack(machine.data());
  assert.deepEqual([status, JSON.parse(text)], [200, { uuid }]);
  const ended = await service.client.untilEnded(uuid);
  assert.deepEqual([ended.state, ended.error], ['finished', null]);
  const data = await service.client.do(`GET /v1/introspection/${uuid}/data`);
  assert.equal(data.boot_interface, machine.data().boot_interface);
}

function isUpgradedFromAnyRevision(engine: TestEngine): void {
  const connections = new Map<string, string>();
  let columnsAtHead: string[];

  before(async () => {
    const left = [...originalRevisions];
    const lane = async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        connections.set(next, await databaseAt(next, engine));
      }
    };
    await Promise.all([lane(), lane()]);
    const newest = await openPlainDatabase(connections.get(head) ?? '');
    columnsAtHead = await newest.columns();
    await newest.close();
  });

  for (const [index, revision] of originalRevisions.entries()) {
    const step = index + 1;
    describe(`at ${revision}, the revision number ${step}`, () => {
      let connection: string;
      let database: PlainDatabase;

      before(async () => {
        connection = connections.get(revision) ?? '';
        database = await openPlainDatabase(connection);
        for (const [table, rows] of Object.entries(rowsAtRevision(step, database.engine))) {
          // `id` is counted by the engine, which starts at 1.
          for (const row of rows) await database.insert(table, without('id', row));
        }
      });

      after(() => database?.close());

      it('is upgraded with every row in it', async () => {
        const log = await upgradeInPlace(connection);

        const wanted = rowsAtHead(step, database.engine);
        const ran = log.filter((line) => originalRevisions.some((name) => line.includes(` -> ${name}, `)));
        assert.equal(ran.length, originalRevisions.length - step, log.join('\n'));
        assert.deepEqual(await database.rows('alembic_version'), [{ version_num: head }]);
        for (const table of originalTables) {
          const rows = await database.rows(table);
          const isNew = table === 'attributes' && step < 6;
          const found =
            table === 'nodes' ? rows.map(withRepair) : isNew ? rows.map((row) => without('uuid', row)) : rows;
          assert.deepEqual(sorted(found), sorted(wanted[table] ?? []), table);
        }
        const rowIds = (await database.rows('attributes')).map(({ uuid }) => String(uuid));
        assert.equal(new Set(rowIds).size, rowIds.length);
        for (const id of rowIds) assert.match(id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      });

      it("has the columns that the original's own upgrade leaves", async () => {
        assert.deepEqual(await database.columns(), columnsAtHead);
      });

      it('is used by our service', async () => {
        const service = await startSuccessor(connection);
        try {
          await usesTheRows(service, database, step);
        } finally {
          await service.stop();
        }
      });

      if (step === 1 || step === 6) {
        it('is used by the original afterwards', async () => {
          const ours = await startSuccessor(connection);
          const told = await answersOf(ours.client);
          const bareMetalUrl = `${ours.client.url}/baremetal`;
          await ours.stop();

          const original = await startOriginal({ folder: temporaryFolder().path, connection, bareMetalUrl });

          try {
            assert.deepEqual(await answersOf(original.client), told);
          } finally {
            await original.stop();
          }
        });
      }
    });
  }

  if (engine.name !== 'sqlite') {
    it('gets the state "aborting", which a database that passed the fourth revision early lacks', async () => {
      const connection = await databaseAt(head, engine);
      const database = await openPlainDatabase(connection);
      for (const statement of withoutAborting[engine.name as keyof typeof withoutAborting]) {
        await database.run(statement);
      }
      await database.insert('nodes', { uuid: originalNode(1), state: 'waiting' });
      const row = { uuid: originalNode(2), state: 'aborting' };
      await assert.rejects(database.insert('nodes', row));

      const log = await upgradeInPlace(connection);

      await database.insert('nodes', row);
      assert.ok(
        log.some((line) => line.includes('aborting')),
        log.join('\n'),
      );
      assert.equal((await database.rows('nodes')).length, 2);
      await database.close();
    });
  }
}

function without(name: string, row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([each]) => each !== name));
}

/** Nodes without a start get one; it is checked here, and taken away for the comparison. */
function withRepair(row: Row): Row {
  const { enrolling, neverStarted } = originalNodes;
  if (row.uuid !== originalNode(enrolling) && row.uuid !== originalNode(neverStarted)) return row;
  const age = Date.now() - Date.parse(`${String(row.started_at).replace(' ', 'T')}Z`);
  assert.ok(age > -1000 && age < 60_000, String(row.started_at));
  return { ...row, started_at: null };
}

async function usesTheRows(service: Successor, database: PlainDatabase, step: number): Promise<void> {
  const { client } = service;
  const rules = await database.rows('rules');
  const fresh = { uuid: originalNode(50), machine: numberedMachine(50) };
  const waiting = {
    uuid: originalNode(originalNodes.waiting),
    machine: numberedMachine(originalNodes.waiting),
  };
  for (const { uuid, machine } of [fresh, waiting]) await client.createNode({ uuid }, [machine.macs[0]]);

  const { introspection } = await client.do('GET /v1/introspection');
  const failed = await client.introspection(originalNode(originalNodes.failed));
  const ended = await client.introspection(originalNode(originalNodes.finished));
  if (step >= 4) await finish(service, waiting.uuid, waiting.machine);
  await client.start(fresh.uuid);
  await finish(service, fresh.uuid, fresh.machine);

  const wanted = rowsAtHead(step, database.engine);
  assert.equal(introspection.length, wanted.nodes?.length);
  assert.deepEqual([failed.state, failed.error], ['error', wanted.nodes?.[1]?.error]);
  assert.deepEqual([ended.state, ended.finished, ended.error], ['finished', true, null]);
  assert.equal(ended.finished_at, apiTime(wanted.nodes?.[0]?.finished_at));
  assert.equal(ended.started_at, apiTime(wanted.nodes?.[0]?.started_at));
  // What was under way belongs to jobs that are lost, and says so.
  for (const { uuid, state } of introspection) {
    const isKnown = [1, 2, 3, 4].map(originalNode).includes(uuid);
    assert.equal(isKnown || state === 'error', true, `${uuid} ${state}`);
  }
  for (const processed of step >= 9 ? [true, false] : []) {
    const path = `GET /v1/introspection/${originalNode(1)}/data${processed ? '' : '/unprocessed'}`;
    const row = wanted.introspection_data?.find((each) => each.processed === processed);
    assert.equal((await client.ask(path)).text, row?.data);
  }
  assert.deepEqual(await database.rows('rules'), rules);
  assert.deepEqual([...service.log.at('critical')], []);
}

/** A time as the API shows it: without a fraction where that is zero. */
function apiTime(cell: Row[string] | undefined): string {
  return String(cell).replace(' ', 'T').replace(/\.0+$/, '');
}

const sevenStates = "'enrolling', 'error', 'finished', 'processing', 'reapplying', 'starting', 'waiting'";

/** What the versions of before 2018 had. */
const withoutAborting = {
  postgresql: [
    'ALTER TABLE nodes ALTER COLUMN state DROP DEFAULT',
    'ALTER TYPE node_state RENAME TO node_state_of_today',
    `CREATE TYPE node_state AS ENUM (${sevenStates})`,
    'ALTER TABLE nodes ALTER COLUMN state TYPE node_state USING state::text::node_state',
    "ALTER TABLE nodes ALTER COLUMN state SET DEFAULT 'finished'",
    'DROP TYPE node_state_of_today',
  ],
  mysql: [`ALTER TABLE nodes MODIFY COLUMN state ENUM(${sevenStates}) NOT NULL DEFAULT 'finished'`],
} as const;
