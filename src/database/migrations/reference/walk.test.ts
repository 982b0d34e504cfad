// Shows these lines of docs/compatibility.md: migrate-null-start, migrate-many-attributes.
import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { sql } from 'kysely';
import { forEachEngine, type TestEngine } from '../../../../testing/database-engines.ts';
import { openTestDatabase } from '../../../../testing/test-database.ts';
import { silentLogger } from '../../../logging/logger.ts';
import { currentRevisions, upgrade } from '../../migrate.ts';
import { nodeStates } from '../../schema/reference-tables.ts';
import { schemaChanger } from '../../schema/schema-changer.ts';
import type { MigrationQueries } from '../migration.ts';

async function databaseAt(t: TestContext, engine: TestEngine, revision: string) {
  const database = await openTestDatabase(await engine.emptyDatabase());
  t.after(() => database.close());
  const query = database.query as unknown as MigrationQueries;
  const to = (next: string) => upgrade(database, silentLogger(), next);
  await to(revision);
  return {
    database,
    query,
    to,
    insert: (table: string, row: Record<string, unknown>) => query.insertInto(table).values(row).execute(),
    rows: (table: string) => query.selectFrom(table).selectAll().execute(),
    columns: async (table: string) => [
      ...(await schemaChanger(query, database.dialect).columnTypes(table)).keys(),
    ],
  };
}

const timestamp = (engine: TestEngine, time: string) => engine.kept(`1970-01-01T${time}`);

forEachEngine("the original's migrations", (engine) => {
  it('1 makes nodes, attributes and options', async (t) => {
    const { columns } = await databaseAt(t, engine, '578f84f38d');

    assert.deepEqual(await columns('nodes'), ['uuid', 'started_at', 'finished_at', 'error']);
    assert.deepEqual(await columns('attributes'), ['name', 'value', 'uuid']);
    assert.deepEqual(await columns('options'), ['uuid', 'name', 'value']);
    assert.deepEqual(await columns('rules'), []);
  });

  it('2 makes rules, and 3 lets conditions be inverted', async (t) => {
    const { to, insert, rows, columns, database } = await databaseAt(t, engine, 'd588418040d');
    const created = database.dialect.encodeTimestamp('2026-11-22T13:36:35.000000');
    await insert('rules', { uuid: 'r', created_at: created });
    await insert('rule_conditions', { rule: 'r', op: 'eq', multiple: 'any' });
    await insert('rule_actions', { rule: 'r', action: 'fail' });

    await to('e169a4a81d88');
    await insert('rule_conditions', {
      rule: 'r',
      op: 'eq',
      multiple: 'any',
      invert: database.dialect.encodeBoolean(true),
    });

    const inverted = (await rows('rule_conditions')).map(({ id, invert }) => [
      id,
      database.dialect.decodeBoolean(invert),
    ]);
    assert.deepEqual(inverted, [
      [1, null],
      [2, true],
    ]);
    assert.deepEqual(await columns('rule_actions'), ['id', 'rule', 'action', 'params']);
  });

  it('4 tells nodes with an error from the others', async (t) => {
    const { to, insert, query } = await databaseAt(t, engine, 'e169a4a81d88');
    await insert('nodes', { uuid: 'a', error: 'broken' });
    await insert('nodes', { uuid: 'b' });

    await to('d2e48801c8ef');
    await insert('nodes', { uuid: 'c' });
    for (const state of nodeStates) await insert('nodes', { uuid: state, state });

    const states = query.selectFrom('nodes').select(['uuid', 'state', 'version_id']);
    const rows = await states.where('uuid', 'in', ['a', 'b', 'c']).orderBy('uuid').execute();
    assert.deepEqual(
      rows.map((row) => ({ ...row })),
      [
        { uuid: 'a', state: 'error', version_id: '' },
        { uuid: 'b', state: 'finished', version_id: '' },
        { uuid: 'c', state: 'finished', version_id: '' },
      ],
    );
  });

  it('5 turns epochs into dates, with the fraction, and keeps what is missing', async (t) => {
    const { to, insert, rows, columns, database } = await databaseAt(t, engine, 'd2e48801c8ef');
    await insert('nodes', { uuid: 'a', started_at: 1232, finished_at: 1234.0625 });
    await insert('nodes', { uuid: 'b', started_at: 0.5, finished_at: null });
    await insert('nodes', { uuid: 'c', started_at: null, finished_at: 60.999999 });
    await insert('nodes', { uuid: 'd', started_at: null, finished_at: null });

    await to('d00d6e3f38c4');

    const { dialect } = database;
    const sorted = (await rows('nodes')).toSorted((a, b) => (String(a.uuid) < String(b.uuid) ? -1 : 1));
    const dates = sorted.map((row) => [
      row.uuid,
      dialect.decodeTimestamp(row.started_at),
      dialect.decodeTimestamp(row.finished_at),
    ]);
    assert.deepEqual(dates, [
      ['a', timestamp(engine, '00:20:32.000000'), timestamp(engine, '00:20:34.062500')],
      ['b', timestamp(engine, '00:00:00.500000'), null],
      // MySQL's FLOAT has seven digits, so 60.999999 is 61 there already.
      ['c', null, engine.name === 'mysql' ? '1970-01-01T00:01:01.000000' : '1970-01-01T00:01:00.999999'],
      ['d', null, null],
    ]);
    assert.deepEqual(await columns('nodes'), [
      'uuid',
      'error',
      'version_id',
      'state',
      'started_at',
      'finished_at',
    ]);
  });

  it('6 gives each attribute an identity of its own, and moves its node', async (t) => {
    const { to, insert, rows } = await databaseAt(t, engine, 'd00d6e3f38c4');
    await insert('nodes', { uuid: 'a' });
    await insert('nodes', { uuid: 'b' });
    await insert('attributes', { name: 'mac', value: '1', uuid: 'a' });
    await insert('attributes', { name: 'mac', value: '2', uuid: 'a' });
    await insert('attributes', { name: 'bmc_address', value: '1', uuid: 'b' });
    await insert('attributes', { name: 'mac', value: '3', uuid: null });

    await to('882b2d84cb1b');
    await insert('attributes', { uuid: 'new', name: 'mac', value: null, node_uuid: 'b' });
    await insert('attributes', { uuid: 'newer', name: 'mac', value: '1', node_uuid: 'b' });

    const attributes = await rows('attributes');
    const owners = attributes.map(({ name, value, node_uuid }) => [name, value, node_uuid].join());
    assert.deepEqual(owners.toSorted(), [
      'bmc_address,1,b',
      'mac,,b',
      'mac,1,a',
      'mac,1,b',
      'mac,2,a',
      'mac,3,',
    ]);
    const ids = attributes.map(({ uuid }) => String(uuid));
    assert.equal(new Set(ids).size, 6);
    const made = ids.filter((id) => !id.startsWith('new'));
    for (const id of made) assert.match(id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    await assert.rejects(insert('attributes', { uuid: 'new', name: 'mac' }));
  });

  it('7 adds the state aborting where it is missing', async (t) => {
    const { to, insert, query, rows } = await databaseAt(t, engine, '882b2d84cb1b');
    await insert('nodes', { uuid: 'a', state: 'waiting' });
    await withoutAborting(engine.name, query);

    await to('18440d0834af');
    await insert('nodes', { uuid: 'b', state: 'aborting' });

    const states = (await rows('nodes')).map(({ uuid, state }) => [uuid, state].join(' '));
    assert.deepEqual(states.toSorted(), ['a waiting', 'b aborting']);
  });

  it('8 leaves open who manages the boot, 9 makes data and 10 scopes', async (t) => {
    const { to, insert, rows, columns, database } = await databaseAt(t, engine, '18440d0834af');
    await insert('nodes', { uuid: 'a', state: 'waiting' });

    await to('b55109d5063a');
    await insert('introspection_data', {
      uuid: 'a',
      processed: database.dialect.encodeBoolean(true),
      data: 'x'.repeat(100_000),
    });

    assert.equal((await rows('nodes'))[0]?.manage_boot, null);
    assert.equal(String((await rows('introspection_data'))[0]?.data).length, 100_000);
    assert.ok((await columns('rules')).includes('scope'));
    assert.deepEqual(await currentRevisions(database), { reference: 'b55109d5063a', own: null });
  });
});

/** The type that the original made before it had the state. */
async function withoutAborting(engine: TestEngine['name'], query: MigrationQueries): Promise<void> {
  const values = nodeStates.filter((state) => state !== 'aborting').map((state) => `'${state}'`);
  const statements = {
    sqlite: [],
    postgresql: [
      'ALTER TABLE nodes ALTER COLUMN state DROP DEFAULT, ALTER COLUMN state TYPE text',
      'DROP TYPE node_state',
      `CREATE TYPE node_state AS ENUM (${values.join()})`,
      'ALTER TABLE nodes ALTER COLUMN state TYPE node_state USING state::node_state',
      `ALTER TABLE nodes ALTER COLUMN state SET DEFAULT 'finished'`,
    ],
    mysql: [`ALTER TABLE nodes MODIFY COLUMN state ENUM(${values.join()}) NOT NULL DEFAULT 'finished'`],
  };
  for (const statement of statements[engine]) await sql.raw(statement).execute(query);
}
