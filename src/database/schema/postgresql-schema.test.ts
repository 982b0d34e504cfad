import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Answers, recordedStatements } from '../../../testing/recorded-statements.ts';
import { postgresqlSchema } from './postgresql-schema.ts';
import type { ColumnDefinition } from './table-definition.ts';

const on = (answers?: Answers) => {
  const { query, statements } = recordedStatements('postgresql', answers);
  return { schema: postgresqlSchema(query), statements };
};

const text = (name: string, nullable = true): ColumnDefinition => ({
  name,
  type: { kind: 'text' },
  nullable,
});
const paint: ColumnDefinition = {
  name: 'colour',
  type: { kind: 'enum', name: 'paint', values: ['red', 'green'] },
  nullable: false,
  default: 'red',
};
const paintColumn = { table: 't', column: 'colour', type: 'paint', default: "'red'::paint" };

describe('postgresqlSchema', () => {
  it('makes a table with its enum type and indexes', async () => {
    const { schema, statements } = on();

    await schema.createTable({
      name: 't',
      columns: [
        { name: 'id', type: { kind: 'integer' }, nullable: false, autoincrement: true },
        { name: 'a', type: { kind: 'varchar', length: 9 }, nullable: true, default: "o'b" },
        { name: 'b', type: { kind: 'boolean' }, nullable: false, default: false },
        { name: 'c', type: { kind: 'datetime' }, nullable: true },
        { name: 'd', type: { kind: 'float' }, nullable: true, default: 1.5 },
        { name: 'e', type: { kind: 'long-text' }, nullable: true },
        paint,
      ],
      primaryKey: { columns: ['id'] },
      uniques: [{ name: 't_a_key', columns: ['a'] }],
      indexes: [{ name: 't_b', columns: ['b', 'c'] }],
      foreignKeys: [
        { columns: ['a'], table: 'o', references: ['x'] },
        { name: 'fk', columns: ['e'], table: 'o', references: ['y'] },
      ],
    });

    assert.deepEqual(statements, [
      `CREATE TYPE "paint" AS ENUM ('red', 'green')`,
      'CREATE TABLE "t" ("id" SERIAL NOT NULL, "a" VARCHAR(9) DEFAULT \'o\'\'b\', "b" BOOLEAN DEFAULT false NOT NULL, ' +
        '"c" TIMESTAMP WITHOUT TIME ZONE, "d" DOUBLE PRECISION DEFAULT 1.5, "e" TEXT, "colour" "paint" DEFAULT \'red\' NOT NULL, ' +
        'PRIMARY KEY ("id"), CONSTRAINT "t_a_key" UNIQUE ("a"), FOREIGN KEY ("a") REFERENCES "o" ("x"), ' +
        'CONSTRAINT "fk" FOREIGN KEY ("e") REFERENCES "o" ("y"))',
      'CREATE INDEX "t_b" ON "t" ("b", "c")',
    ]);
  });

  it('alters a column with a cast that cuts nothing off', async () => {
    const { schema, statements } = on();

    await schema.alterColumn('t', { name: 'a', type: { kind: 'varchar', length: 9 }, nullable: false });
    await schema.alterColumn('t', { name: 'b', type: { kind: 'boolean' }, nullable: true, default: true });
    await schema.alterColumn('t', { name: 'c', type: { kind: 'datetime' }, nullable: true });
    await schema.alterColumn('t', {
      name: 'd',
      type: { kind: 'integer' },
      nullable: false,
      autoincrement: true,
    });

    assert.deepEqual(
      statements.map((statement) => statement.replace('ALTER TABLE "t" ALTER COLUMN ', '')),
      [
        '"a" DROP DEFAULT',
        '"a" TYPE VARCHAR(9) USING "a"::text',
        '"a" SET NOT NULL',
        '"b" DROP DEFAULT',
        '"b" TYPE BOOLEAN USING "b"::text::BOOLEAN',
        '"b" SET DEFAULT true',
        '"b" DROP NOT NULL',
        '"c" DROP DEFAULT',
        '"c" TYPE TIMESTAMP WITHOUT TIME ZONE USING "c"::TIMESTAMP WITHOUT TIME ZONE',
        '"c" DROP NOT NULL',
        '"d" TYPE INTEGER USING "d"::INTEGER',
        '"d" SET NOT NULL',
      ],
    );
  });

  it('makes an enum anew whose values change, with the columns that have it', async () => {
    const { schema, statements } = on({ pg_enum: [{ value: 'red' }], typtype: [paintColumn] });

    await schema.addColumn('o', paint);

    assert.deepEqual(statements, [
      'ALTER TYPE "paint" RENAME TO "paint__old"',
      `CREATE TYPE "paint" AS ENUM ('red', 'green')`,
      'ALTER TABLE "t" ALTER COLUMN "colour" DROP DEFAULT',
      'ALTER TABLE "t" ALTER COLUMN "colour" TYPE "paint" USING "colour"::text::"paint"',
      'ALTER TABLE "t" ALTER COLUMN "colour" SET DEFAULT \'red\'::paint',
      'DROP TYPE "paint__old"',
      'ALTER TABLE "o" ADD COLUMN "colour" "paint" DEFAULT \'red\' NOT NULL',
    ]);
  });

  it('keeps an enum that a column still has', async () => {
    const { schema, statements } = on({ typtype: [paintColumn] });

    await schema.dropColumn('t', 'other');
    await schema.dropTable('o');

    assert.deepEqual(statements, ['ALTER TABLE "t" DROP COLUMN "other"', 'DROP TABLE "o"']);
  });

  it('finds keys by their columns', async () => {
    const { schema, statements } = on({
      pg_constraint: [
        { name: 'one', columns: 'a' },
        { name: 'two', columns: 'a,b' },
      ],
    });

    await schema.dropForeignKeysOver('t', ['a', 'b']);
    await schema.replacePrimaryKey('t', { name: 'new', columns: ['c'] });

    assert.deepEqual(statements, [
      'ALTER TABLE "t" DROP CONSTRAINT "two"',
      'ALTER TABLE "t" DROP CONSTRAINT "one"',
      'ALTER TABLE "t" ADD CONSTRAINT "one" PRIMARY KEY ("c")',
    ]);
  });

  it('adds and drops what else there is', async () => {
    const { schema, statements } = on({ data_type: [{ name: 'a', type: 'text' }] });
    const key = { name: 'fk', columns: ['a'], table: 'o', references: ['x'] };

    await schema.createIndex('t', { name: 'i', columns: ['a'] });
    await schema.dropIndex('t', 'i');
    await schema.addUnique('t', { name: 'u', columns: ['a'] });
    await schema.dropUnique('t', 'u');
    await schema.addForeignKey('t', key);
    await schema.dropForeignKey('t', 'fk');
    await schema.replacePrimaryKey('t', { columns: ['a'] });
    await schema.replaceColumns('t', [{ by: 'n', column: text('a') }]);
    const types = await schema.columnTypes('t');

    assert.deepEqual(statements, [
      'CREATE INDEX "i" ON "t" ("a")',
      'DROP INDEX "i"',
      'ALTER TABLE "t" ADD CONSTRAINT "u" UNIQUE ("a")',
      'ALTER TABLE "t" DROP CONSTRAINT "u"',
      'ALTER TABLE "t" ADD CONSTRAINT "fk" FOREIGN KEY ("a") REFERENCES "o" ("x")',
      'ALTER TABLE "t" DROP CONSTRAINT "fk"',
      'ALTER TABLE "t" ADD PRIMARY KEY ("a")',
      'ALTER TABLE "t" DROP COLUMN IF EXISTS "a"',
      'ALTER TABLE "t" RENAME COLUMN "n" TO "a"',
      'ALTER TABLE "t" ALTER COLUMN "a" DROP DEFAULT',
      'ALTER TABLE "t" ALTER COLUMN "a" TYPE TEXT USING "a"::text',
      'ALTER TABLE "t" ALTER COLUMN "a" DROP NOT NULL',
    ]);
    assert.deepEqual([...types], [['a', 'text']]);
  });

  it('drops an enum with the last column that has it', async () => {
    let calls = 0;
    const rows = [paintColumn];
    const { schema, statements } = on({
      get typtype() {
        return calls++ === 0 ? rows : [];
      },
    });

    await schema.dropColumn('t', 'colour');

    assert.deepEqual(statements, ['ALTER TABLE "t" DROP COLUMN "colour"', 'DROP TYPE "paint"']);
  });
});
