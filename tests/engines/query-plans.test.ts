import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type { CompiledQuery } from 'kysely';
import type { Database } from '../../src/database/database.ts';
import { forEachEngine } from '../../testing/database-engines.ts';
import { databaseOperations } from '../../testing/database-operations.ts';
import { type FilledNode, fillDatabase, filledTables } from '../../testing/filled-database.ts';
import { planFaults } from '../../testing/query-plan.ts';
import { type RecordingDatabase, recordingDatabase } from '../../testing/recording-database.ts';
import { testDatabase } from '../../testing/test-database.ts';

forEachEngine('query plans', (engine) => {
  // Servers plan by what is in the tables: these are large enough for an index to be worth it.
  const filling = engine.name === 'sqlite' ? { nodes: 400, active: 20 } : { nodes: 20_000, active: 100 };
  const big = { names: filledTables, manyRows: filling.nodes / 20 };
  const opened: { database?: Database; recording?: RecordingDatabase; nodes: FilledNode[] } = { nodes: [] };

  before(async () => {
    opened.database = await testDatabase(await engine.emptyDatabase());
    opened.nodes = await fillDatabase(opened.database, filling);
    opened.recording = recordingDatabase(opened.database);
  });

  after(() => opened.database?.close());

  /** The database, its recording, and two nodes from the middle of the list. */
  function filled() {
    const { database, recording, nodes } = opened;
    const half = nodes.slice(nodes.length / 2);
    const active = half.find((node) => node.active);
    const ended = half.find((node) => !node.active);
    assert.ok(database && recording && active && ended);
    return { database, recording, active, ended };
  }

  for (const { name } of databaseOperations({} as Database)) {
    it(`${name}: every statement goes through indexes`, async () => {
      const { database, recording, active, ended } = filled();
      const operation = databaseOperations(recording.database).find((other) => other.name === name);
      recording.taken();

      await operation?.run(active, ended);

      const statements = recording.taken().filter(({ sql }) => !/^\s*insert/i.test(sql));
      assert.ok(statements.length > 0);
      for (const statement of statements) {
        assert.deepEqual(await planFaults(database, statement, big), [], statement.sql);
      }
    });
  }

  const costly: Record<string, (database: Database) => { compile(): CompiledQuery }> = {
    'reads a table for a column without an index': ({ query }) =>
      query.selectFrom('nodes').select('uuid').where('error', '=', 'x').limit(1),
    'reads a table twice over': ({ query }) =>
      query
        .selectFrom('nodes')
        .innerJoin('baremetal_nodes', 'baremetal_nodes.resource_class', 'nodes.error')
        .select('nodes.uuid'),
    'sorts a table to show a page': ({ query }) =>
      query.selectFrom('nodes').selectAll().orderBy('error').limit(10),
    'sorts most of an index': ({ query }) =>
      query.selectFrom('nodes').selectAll().where('state', '=', 'finished').orderBy('error').limit(10),
    'reads all attributes of one name': ({ query }) =>
      query.selectFrom('attributes').select('value').where('name', '=', 'mac'),
    'changes every row': ({ query }) => query.updateTable('nodes').set({ error: null }),
  };
  for (const [what, statement] of Object.entries(costly)) {
    it(`tell when a statement ${what}`, async () => {
      const { database } = filled();

      const faults = await planFaults(database, statement(database).compile(), big);

      assert.notDeepEqual(faults, []);
    });
  }
});
