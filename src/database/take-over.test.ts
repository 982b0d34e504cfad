import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { sql } from 'kysely';
import { forEachEngine, type TestEngine } from '../../testing/database-engines.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import { openTestDatabase } from '../../testing/test-database.ts';
import { silentLogger } from '../logging/logger.ts';
import { migrate, upgrade } from './migrate.ts';
import type { MigrationQueries } from './migrations/migration.ts';
import { nodeStates } from './schema/reference-tables.ts';

const clock = settableClock('2026-11-22T13:36:35.000Z');

async function upToDate(t: TestContext, engine: TestEngine) {
  const database = await openTestDatabase(await engine.emptyDatabase());
  t.after(() => database.close());
  await upgrade(database, silentLogger());
  const query = database.query as unknown as MigrationQueries;
  return {
    database,
    log: recordingLogger(),
    run: (statement: string) => sql.raw(statement).execute(query),
    insert: (row: Record<string, unknown>) => query.insertInto('nodes').values(row).execute(),
  };
}

const sevenStates = nodeStates
  .filter((state) => state !== 'aborting')
  .map((state) => `'${state}'`)
  .join();

/** What makes the type again as it was before there was the state, each ending as a column that is refused. */
const withoutAborting: Record<TestEngine['name'], readonly (readonly string[])[]> = {
  sqlite: [],
  postgresql: [
    [
      'ALTER TABLE nodes ALTER COLUMN state DROP DEFAULT, ALTER COLUMN state TYPE text',
      'DROP TYPE node_state',
      `CREATE TYPE node_state AS ENUM (${sevenStates})`,
      'ALTER TABLE nodes ALTER COLUMN state TYPE node_state USING state::node_state',
      `ALTER TABLE nodes ALTER COLUMN state SET DEFAULT 'finished'`,
    ],
  ],
  mysql: [
    [`ALTER TABLE nodes MODIFY COLUMN state ENUM(${sevenStates})`],
    [`ALTER TABLE nodes MODIFY COLUMN state ENUM(${sevenStates}) NOT NULL DEFAULT 'finished'`],
  ],
};

forEachEngine('taking over a database', (engine) => {
  it('says nothing of one that is in order', async (t) => {
    const { database, log, insert } = await upToDate(t, engine);
    const at = database.dialect.encodeTimestamp('2026-11-21T00:00:00.000000');
    await insert({ uuid: 'a', state: 'finished', started_at: at, finished_at: at });

    await migrate(database, log, clock);

    assert.deepEqual(log.lines, []);
  });

  it('gives introspections a start, so that they can time out and the original can list them', async (t) => {
    const { database, log, insert } = await upToDate(t, engine);
    const { dialect } = database;
    const started = '2026-11-21T00:00:00.000000';
    await insert({ uuid: 'a', state: 'waiting' });
    await insert({ uuid: 'b', state: 'processing', started_at: dialect.encodeTimestamp(started) });
    await insert({ uuid: 'c', state: 'finished', finished_at: dialect.encodeTimestamp(started) });
    await insert({ uuid: 'd', state: 'error' });

    await migrate(database, log, clock);

    const rows = await database.query.selectFrom('nodes').selectAll().orderBy('uuid').execute();
    const now = '2026-11-22T13:36:35.000000';
    assert.deepEqual(
      rows.map((row) => dialect.decodeTimestamp(row.started_at)),
      [now, started, started, now],
    );
    assert.deepEqual(log.lines, [
      'warning: Set the missing start of 3 introspection(s) to their end, or else to now',
    ]);
  });

  for (const [index, statements] of withoutAborting[engine.name].entries()) {
    it(`adds a state that the type lacks (${index})`, async (t) => {
      const { database, log, run, insert } = await upToDate(t, engine);
      for (const statement of statements) await run(statement);

      await migrate(database, log, clock);

      await insert({ uuid: 'a', state: 'aborting' });
      assert.deepEqual(log.lines, ['warning: Added missing values of node_state: aborting']);
      await migrate(database, silentLogger(), clock);
    });
  }

  it('names the tables and columns that are missing', async (t) => {
    const { database, log, run } = await upToDate(t, engine);
    await run('ALTER TABLE rules DROP COLUMN scope');
    await run('DROP TABLE introspection_changes');

    await assert.rejects(migrate(database, log, clock), {
      name: 'InspectorError',
      kind: 'invalid',
      message:
        'The database is at the newest revision, but these are missing: column rules.scope, table introspection_changes. Restore it from a backup, or correct the recorded revision with "ironic-inspector-dbsync stamp" and run "ironic-inspector-dbsync upgrade"',
    });
  });
});
