import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { sql } from 'kysely';
import { forEachEngine, type TestEngine } from '../../../testing/database-engines.ts';
import { schemaCatalogue } from '../../../testing/schema-catalogue.ts';
import { openTestDatabase } from '../../../testing/test-database.ts';
import type { MigrationQueries } from '../migrations/migration.ts';
import { schemaChanger } from './schema-changer.ts';
import type { ColumnDefinition, TableDefinition } from './table-definition.ts';

const varchar = (name: string, length: number, nullable = true): ColumnDefinition => ({
  name,
  type: { kind: 'varchar', length },
  nullable,
});
const counter: ColumnDefinition = {
  name: 'id',
  type: { kind: 'integer' },
  nullable: false,
  autoincrement: true,
};
const colour = (...values: string[]): ColumnDefinition => ({
  name: 'colour',
  type: { kind: 'enum', name: 'paint', values },
  nullable: false,
  default: 'red',
});

const racks: TableDefinition = {
  name: 'racks',
  columns: [varchar('name', 32, false)],
  primaryKey: { columns: ['name'] },
  own: true,
};

const machines: TableDefinition = {
  name: 'machines',
  columns: [
    counter,
    varchar('serial', 20, false),
    varchar('rack', 32),
    { name: 'height', type: { kind: 'integer' }, nullable: false, default: 1 },
    { name: 'spare', type: { kind: 'boolean' }, nullable: false, default: false },
    { name: 'note', type: { kind: 'text' }, nullable: true },
  ],
  primaryKey: { columns: ['id'] },
  uniques: [{ name: 'machines_serial_key', columns: ['serial'] }],
  indexes: [{ name: 'machines_height', columns: ['height', 'id'] }],
  foreignKeys: [{ name: 'fk_machine_rack', columns: ['rack'], table: 'racks', references: ['name'] }],
  own: true,
};

async function shop(t: TestContext, engine: TestEngine) {
  const database = await openTestDatabase(await engine.emptyDatabase());
  t.after(() => database.close());
  const query = database.query as unknown as MigrationQueries;
  const schema = schemaChanger(query, database.dialect);
  await schema.createTable(racks);
  await schema.createTable(machines);
  await query.insertInto('racks').values({ name: 'r1' }).execute();
  const [first, second] = [
    { serial: 'a', rack: 'r1', height: 2, note: '7' },
    { serial: 'b', note: "it's" },
  ];
  await query.insertInto('machines').values(first).execute();
  await query.insertInto('machines').values(second).execute();
  const rows = async (...columns: string[]) => {
    const found = await query.selectFrom('machines').select(columns).orderBy('id').execute();
    return found.map((row) => Object.values(row));
  };
  const raw = (statement: string) => sql.raw(statement).execute(query);
  /** True for a machine that the constraints refuse. */
  const refuses = async (values: Record<string, unknown>) => {
    try {
      await query.insertInto('machines').values(values).execute();
      return false;
    } catch {
      return true;
    }
  };
  return { database, query, schema, rows, raw, refuses, catalogue: () => schemaCatalogue(database) };
}

const has = (lines: readonly string[], pattern: RegExp) => lines.some((line) => pattern.test(line));

forEachEngine('schemaChanger', (engine) => {
  it('makes tables with defaults, keys, unique columns and indexes', async (t) => {
    const { rows, refuses, catalogue } = await shop(t, engine);

    const stored = (await rows('id', 'serial', 'rack', 'height', 'spare')).map((row) => row.map(String));
    assert.deepEqual(
      stored.map(([id, serial, rack, height]) => [id, serial, rack, height]),
      [
        ['1', 'a', 'r1', '2'],
        ['2', 'b', 'null', '1'],
      ],
    );
    assert.ok(await refuses({ serial: 'a' }));
    assert.equal(await refuses({ serial: 'c', rack: 'r9' }), engine.name !== 'sqlite');
    assert.ok(has(await catalogue(), /machines_height/));
  });

  it('adds and drops columns, and keeps rows', async (t) => {
    const { schema, rows, catalogue } = await shop(t, engine);
    const before = await catalogue();

    await schema.addColumn('machines', { ...varchar('owner', 10, false), default: "o'b" });
    const added = await rows('serial', 'owner');
    await schema.dropColumn('machines', 'owner');

    assert.deepEqual(added, [
      ['a', "o'b"],
      ['b', "o'b"],
    ]);
    assert.deepEqual(await catalogue(), before);
    assert.deepEqual(await rows('serial', 'note'), [
      ['a', '7'],
      ['b', "it's"],
    ]);
  });

  it('alters type, nullability and default, and keeps the rest of the table', async (t) => {
    const { schema, rows, raw, refuses, catalogue } = await shop(t, engine);
    const before = await catalogue();
    await raw("UPDATE machines SET note = '8' WHERE serial = 'b'");

    await schema.alterColumn('machines', {
      name: 'note',
      type: { kind: 'integer' },
      nullable: false,
      default: 9,
    });
    const altered = await rows('note');
    assert.equal(await refuses({ serial: 'c' }), false);
    assert.equal(await refuses({ serial: 'd', note: null }), true);
    const noted = (await rows('note')).flat().map(Number);
    await schema.alterColumn('machines', { name: 'note', type: { kind: 'text' }, nullable: true });

    assert.deepEqual(altered.flat().map(Number), [7, 8]);
    assert.deepEqual(noted, [7, 8, 9]);
    assert.deepEqual(await catalogue(), before);
  });

  it('alters a column with a key and a default of its own', async (t) => {
    const { schema, refuses, catalogue } = await shop(t, engine);
    const before = await catalogue();

    await schema.alterColumn('machines', { ...varchar('serial', 40, false), default: 'none' });
    assert.equal(await refuses({ serial: 'a' }), true);
    assert.equal(await refuses({ rack: 'r1' }), false);
    await schema.alterColumn('machines', varchar('serial', 20, false));

    assert.deepEqual(await catalogue(), before);
  });

  it('goes on counting after a change', async (t) => {
    const { schema, query, rows } = await shop(t, engine);
    await query.deleteFrom('machines').where('serial', '=', 'b').execute();

    await schema.alterColumn('machines', varchar('note', 40));
    await schema.alterColumn('machines', counter);
    await query.insertInto('machines').values({ serial: 'c' }).execute();

    assert.deepEqual(await rows('id', 'serial'), [
      [1, 'a'],
      [3, 'c'],
    ]);
  });

  it('adds and drops indexes and unique constraints', async (t) => {
    const { schema, refuses, catalogue } = await shop(t, engine);
    const before = await catalogue();

    await schema.createIndex('machines', { name: 'machines_spare', columns: ['spare', 'serial'] });
    await schema.addUnique('machines', { name: 'machines_pair', columns: ['spare', 'height'] });
    const added = await catalogue();
    const pair = await refuses({ serial: 'c', height: 2 });
    await schema.dropIndex('machines', 'machines_spare');
    await schema.dropUnique('machines', 'machines_pair');
    const dropped = await catalogue();
    await schema.dropUnique('machines', 'machines_serial_key');

    assert.equal(pair, true);
    assert.ok(added.length > before.length);
    assert.deepEqual(dropped, before);
    assert.equal(await refuses({ serial: 'a', height: 2 }), false);
  });

  it('drops a foreign key', async (t) => {
    const { schema, refuses } = await shop(t, engine);

    await schema.dropForeignKey('machines', 'fk_machine_rack');

    assert.equal(await refuses({ serial: 'd', rack: 'r9' }), false);
  });

  it('adds a foreign key', async (t) => {
    const { schema, raw, refuses, catalogue } = await shop(t, engine);
    await raw('UPDATE machines SET note = NULL');
    await schema.alterColumn('machines', varchar('note', 32));
    const before = await catalogue();
    const key = { name: 'fk_note', columns: ['note'], table: 'racks', references: ['name'] };

    await schema.addForeignKey('machines', key);
    const refused = await refuses({ serial: 'c', note: 'r9' });
    const added = await catalogue();
    await schema.dropForeignKeysOver('machines', ['note']);

    assert.equal(refused, engine.name !== 'sqlite');
    assert.ok(added.length > before.length);
    assert.deepEqual(await catalogue(), before);
  });

  it('replaces the primary key', async (t) => {
    const { schema, query, raw } = await shop(t, engine);
    await raw('CREATE TABLE pairs (a VARCHAR(9) NOT NULL, b VARCHAR(9) NOT NULL, PRIMARY KEY (a))');
    await query.insertInto('pairs').values({ a: 'x', b: 'y' }).execute();

    await schema.replacePrimaryKey('pairs', { name: 'pk_pairs', columns: ['b'] });

    await query.insertInto('pairs').values({ a: 'x', b: 'z' }).execute();
    await assert.rejects(query.insertInto('pairs').values({ a: 'w', b: 'y' }).execute());
  });

  it('replaces columns by others', async (t) => {
    const { schema, rows } = await shop(t, engine);
    await schema.addColumn('machines', { ...varchar('temporary', 9), default: 'new' });

    await schema.replaceColumns('machines', [{ by: 'temporary', column: varchar('note', 9) }]);

    assert.deepEqual(await rows('note'), [['new'], ['new']]);
    const types = await schema.columnTypes('machines');
    assert.deepEqual([...types.keys()].slice(-2), ['spare', 'note']);
    assert.equal((await schema.columnTypes('nothing')).size, 0);
  });

  it('makes, changes and drops enums', async (t) => {
    const { schema, query, rows, refuses, catalogue } = await shop(t, engine);
    const before = await catalogue();

    await schema.addColumn('machines', colour('red', 'green'));
    const wrong = await refuses({ serial: 'w', colour: 'blue' });
    await query.deleteFrom('machines').where('serial', '=', 'w').execute();
    await schema.alterColumn('machines', colour('red', 'blue', 'green'));
    await query.insertInto('machines').values({ serial: 'c', colour: 'blue' }).execute();
    const doors = [...racks.columns, colour('red', 'blue', 'green')];
    await schema.createTable({ ...racks, name: 'doors', columns: doors });

    assert.equal(wrong, engine.name !== 'sqlite');
    assert.deepEqual(await rows('colour'), [['red'], ['red'], ['blue']]);
    await schema.dropTable('doors');
    await schema.dropColumn('machines', 'colour');
    assert.deepEqual(await catalogue(), before);
  });

  it('drops tables', async (t) => {
    const { schema, catalogue } = await shop(t, engine);

    await schema.addColumn('machines', colour('red', 'green'));
    await schema.dropTable('machines');
    await schema.dropTable('racks');

    assert.deepEqual(
      (await catalogue()).filter((line) => !line.includes('sqlite_sequence')),
      [],
    );
  });
});
