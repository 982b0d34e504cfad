import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { openTestDatabase } from '../../../testing/test-database.ts';
import type { MigrationQueries } from '../migrations/migration.ts';
import { sqliteSchema } from './sqlite-schema.ts';

async function withTable(...statements: string[]) {
  const database = await openTestDatabase('sqlite://');
  const query = database.query as unknown as MigrationQueries;
  const run = (statement: string) => sql.raw<Record<string, unknown>>(statement).execute(query);
  for (const statement of statements) await run(statement);
  const rows = async (statement: string) => (await run(statement)).rows.map((row) => Object.values(row));
  const texts = async () =>
    (await rows('SELECT sql FROM sqlite_master WHERE sql IS NOT NULL')).flat().map(String);
  return { schema: sqliteSchema(query), run, rows, texts };
}

describe('sqliteSchema', () => {
  it('keeps checks, collations, triggers and indexes of a table that is made anew', async () => {
    const { schema, run, rows, texts } = await withTable(
      'CREATE TABLE t (a TEXT COLLATE NOCASE CHECK (length(a) < 5), b TEXT, c TEXT, CONSTRAINT short CHECK (b <> c))',
      'CREATE TABLE log (a TEXT)',
      'CREATE UNIQUE INDEX t_a ON t (a) WHERE b IS NULL',
      'CREATE TRIGGER t_in AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END',
      "INSERT INTO t VALUES ('x', 'y', 'z')",
    );
    const before = await texts();

    await schema.alterColumn('t', { name: 'a', type: { kind: 'varchar', length: 9 }, nullable: false });

    const after = await texts();
    assert.deepEqual(after.slice(-2), before.slice(-2));
    assert.match(
      after.find((text) => text.includes('"t"')) ?? '',
      /"a" VARCHAR\(9\) NOT NULL COLLATE NOCASE CHECK \(length\(a\) < 5\),\s+b TEXT,\s+c TEXT,\s+CONSTRAINT short/,
    );
    await assert.rejects(run("INSERT INTO t VALUES ('too long', 'y', 'z')"), /CHECK/);
    await run("INSERT INTO t VALUES ('w', 'y', 'z')");
    assert.deepEqual(await rows('SELECT a FROM t'), [['x'], ['w']]);
    assert.deepEqual(await rows('SELECT a FROM log'), [['x'], ['w']]);
  });

  it('drops a foreign key and a unique constraint by name, whoever made them', async () => {
    const { schema, rows } = await withTable(
      'CREATE TABLE o (a TEXT PRIMARY KEY)',
      'CREATE TABLE t (a TEXT UNIQUE, b TEXT, CONSTRAINT "fk" FOREIGN KEY (b) REFERENCES o(a), CONSTRAINT u UNIQUE (a, b))',
    );

    await schema.dropForeignKey('t', 'fk');
    await schema.dropUnique('t', 'u');
    await schema.dropUnique('t', 't_a_key');

    assert.deepEqual(await rows("SELECT * FROM pragma_foreign_key_list('t')"), []);
    assert.deepEqual(await rows("SELECT * FROM pragma_index_list('t')"), []);
  });

  it('goes on counting in a table whose rows have all gone', async () => {
    const { schema, run, rows } = await withTable(
      'CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT)',
      "INSERT INTO t (a) VALUES ('x'), ('y')",
      'DELETE FROM t',
    );

    await schema.alterColumn('t', { name: 'a', type: { kind: 'text' }, nullable: false });

    await run("INSERT INTO t (a) VALUES ('z')");
    assert.deepEqual(await rows('SELECT id, a FROM t'), [[3, 'z']]);
  });

  it('says what is not there', async () => {
    const { schema } = await withTable('CREATE TABLE t (a TEXT)');

    await assert.rejects(schema.dropColumn('nothing', 'a'), {
      kind: 'not-found',
      message: 'There is no table nothing to change',
    });
    for (const drop of [
      schema.dropColumn('t', 'b'),
      schema.dropForeignKey('t', 'fk'),
      schema.dropUnique('t', 't_a_key'),
    ]) {
      await assert.rejects(drop, {
        kind: 'not-found',
        message: 'The table t has no such part to drop: a TEXT',
      });
    }
  });
});
