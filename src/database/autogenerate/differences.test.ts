import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { sql } from 'kysely';
import { arbitraryTables } from '../../../testing/arbitrary-tables.ts';
import { runRendered } from '../../../testing/rendered-migration.ts';
import { openTestDatabase, testDatabase } from '../../../testing/test-database.ts';
import { declaredTables } from '../schema/own-tables.ts';
import type { TableDefinition } from '../schema/table-definition.ts';
import { describeOperation } from './describe-operation.ts';
import { differences } from './differences.ts';

describe('the difference between a database and its declarations', () => {
  it('is nothing after an upgrade', async () => {
    const database = await testDatabase();

    const operations = await differences(database, declaredTables('sqlite'));

    assert.deepEqual(operations, []);
  });

  it('is nothing after its migration, from any declarations to any others', async () => {
    const check = fc.asyncProperty(arbitraryTables, arbitraryTables, async (before, after) => {
      const database = await openTestDatabase('sqlite://');
      try {
        await runRendered(database, await differences(database, before));
        assert.deepEqual(await differences(database, before), [], 'after the first');

        await runRendered(database, await differences(database, after));
        assert.deepEqual(await differences(database, after), [], 'after the second');
      } finally {
        await database.close();
      }
    });

    // A failure is reported with its seed.
    await fc.assert(check, { numRuns: 150, interruptAfterTimeLimit: 20_000 });
  });

  it('shows what nobody declares in a table of SQLite', async () => {
    const database = await openTestDatabase('sqlite://');
    const statements = [
      'CREATE TABLE other (id TEXT PRIMARY KEY)',
      `CREATE TABLE t (id VARCHAR(36) NOT NULL PRIMARY KEY, a TEXT UNIQUE, b TEXT, c TEXT DEFAULT (1 + 1),
        [two words] TEXT REFERENCES other, CONSTRAINT "a ""name""" UNIQUE (a, b), UNIQUE (b, c))`,
      'CREATE INDEX by_expression ON t (lower(a))',
      'CREATE INDEX partial ON t (b) WHERE c IS NULL',
      'CREATE UNIQUE INDEX only_once ON t (c)',
    ];
    for (const statement of statements) await sql.raw(statement).execute(database.query);
    const text = (name: string) => ({ name, type: { kind: 'text' }, nullable: true }) as const;
    const declared: TableDefinition[] = [
      { name: 'other', columns: [text('id')], primaryKey: { columns: ['id'] } },
      {
        name: 't',
        columns: [
          { name: 'id', type: { kind: 'varchar', length: 36 }, nullable: false },
          ...['a', 'b', 'c', 'two words'].map(text),
        ],
        primaryKey: { columns: ['id'] },
        indexes: [{ name: 'partial', columns: ['b'] }],
      },
    ];

    const operations = await differences(database, declared);

    assert.deepEqual(operations.flatMap(describeOperation), [
      'Detected removed foreign key (two words)((primary key)) on table t',
      "Detected removed unique constraint 'only_once' on 't'",
      "Detected removed unique constraint 't_a_key' on 't'",
      "Detected removed unique constraint 'a \"name\"' on 't'",
      "Detected removed unique constraint 't_b_c_key' on 't'",
      "Detected removed index 'by_expression' on 't'",
      "Detected removed index 'partial' on 't'",
      "Detected server default on column 't.c'",
      "Detected added index 'partial' on '('b')'",
    ]);
  });
});
