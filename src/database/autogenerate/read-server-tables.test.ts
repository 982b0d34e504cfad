import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readMysqlTables } from './read-mysql-tables.ts';
import { readPostgresqlTables } from './read-postgresql-tables.ts';
import type { Rows } from './read-sqlite-tables.ts';

/** A server that answers one query after the other with these rows, whatever it is asked. */
function answers(...results: readonly (readonly object[])[]): Rows {
  const left = [...results];
  return async <T>() => (left.shift() ?? []) as T[];
}

describe('the catalogue of PostgreSQL', () => {
  it('becomes tables', async () => {
    const plain = { table: 't', values: null, required: false, default: null };
    const rows = answers(
      [{ name: 't' }, { name: 'empty' }],
      [
        { ...plain, name: 'id', type: 'integer', required: true, default: "nextval('t_id_seq'::regclass)" },
        {
          ...plain,
          name: 'state',
          type: 'node_state',
          values: '["waiting","error"]',
          default: "'error'::node_state",
        },
        { ...plain, name: 'odd', type: '"Odd state"', values: '["x"]' },
        { ...plain, name: 'at', type: 'timestamp without time zone' },
      ],
      [
        { table: 't', name: 't_pkey', kind: 'p', columns: '["id"]', target: null, references: null },
        { table: 't', name: 'fk', kind: 'f', columns: '["a","b"]', target: 'o', references: '["c","d"]' },
      ],
      [
        { table: 't', name: 'uq', unique: true, columns: '["a"]', condition: null },
        { table: 't', name: 'ix', unique: false, columns: '["lower(a)"]', condition: '(b IS NULL)' },
      ],
    );

    const tables = await readPostgresqlTables(rows);

    assert.deepEqual(tables, [
      {
        name: 't',
        columns: [
          { name: 'id', type: 'integer', nullable: false, default: null },
          { name: 'state', type: "node_state('error','waiting')", nullable: true, default: "'error'" },
          { name: 'odd', type: "Odd state('x')", nullable: true, default: null },
          { name: 'at', type: 'datetime', nullable: true, default: null },
        ],
        primaryKey: ['id'],
        uniques: [{ name: 'uq', columns: ['a'] }],
        indexes: [{ name: 'ix', columns: ['lower(a)', 'WHERE (b IS NULL)'] }],
        foreignKeys: [{ name: 'fk', columns: ['a', 'b'], table: 'o', references: ['c', 'd'] }],
      },
      { name: 'empty', columns: [], primaryKey: [], uniques: [], indexes: [], foreignKeys: [] },
    ]);
  });
});

/** What a server of a version makes of the type and default of one column. */
async function columnOf(version: string, row: object): Promise<unknown> {
  const column = { table: 't', name: 'a', type: 'text', nullable: 'YES', default: null, extra: '', ...row };
  const tables = await readMysqlTables(answers([{ version }], [{ name: 't' }], [column]));
  const found = tables[0]?.columns[0];
  return [found?.type, found?.default];
}

describe('the catalogue of MySQL and MariaDB', () => {
  const mariaDb = '10.11.6-MariaDB-1';
  const mysql = '8.4.3';

  for (const [title, version, row, expected] of [
    ['a text', mariaDb, { default: String.raw`'it''s \\ two\nlines'` }, ['text', "'it''s \\ two\nlines'"]],
    ['no default', mariaDb, { default: null }, ['text', null]],
    ['NULL as default', mariaDb, { default: 'NULL' }, ['text', null]],
    ['the text NULL', mariaDb, { default: "'NULL'" }, ['text', "'NULL'"]],
    ['an enumeration', mariaDb, { type: String.raw`enum('b\\c','A''s')` }, ["enum('A''s','b\\c')", null]],
    ['an expression', mariaDb, { default: 'current_timestamp()' }, ['text', 'current_timestamp()']],
    ['a bare text', mysql, { type: 'varchar(9)', default: "it's" }, ['varchar(9)', "'it''s'"]],
    ['the bare text NULL', mysql, { type: 'varchar(9)', default: 'NULL' }, ['varchar(9)', "'NULL'"]],
    ['a bare number', mysql, { type: 'int', default: '-5' }, ['integer', '-5']],
    ['a flag', mysql, { type: 'tinyint(1)', default: '1' }, ['boolean', '1']],
    ['no default', mysql, {}, ['text', null]],
    [
      'a text as an expression',
      mysql,
      { default: String.raw`_utf8mb4\'it''s\'`, extra: 'DEFAULT_GENERATED' },
      ['text', "'it''s'"],
    ],
    [
      'an expression',
      mysql,
      { type: 'datetime', default: 'CURRENT_TIMESTAMP', extra: 'DEFAULT_GENERATED' },
      ['datetime', 'CURRENT_TIMESTAMP'],
    ],
  ] as const) {
    it(`of ${version} shows ${title}`, async () => {
      assert.deepEqual(await columnOf(version, row), expected);
    });
  }

  it('becomes tables', async () => {
    const index = { table: 't', common: 1, prefix: null };
    const rows = answers(
      [{ version: mysql }],
      [{ name: 't' }],
      [{ table: 't', name: 'id', type: 'varchar(36)', nullable: 'NO', default: null, extra: '' }],
      [
        { ...index, name: 'PRIMARY', common: 0, column: 'id' },
        { ...index, name: 'uq', common: '0', column: 'a' },
        { ...index, name: 'ix', column: 'a', prefix: 10 },
        { ...index, name: 'ix', column: null },
      ],
      [
        { table: 't', name: 'fk', column: 'a', target: 'o', references: 'c' },
        { table: 't', name: 'fk', column: 'b', target: 'o', references: 'd' },
      ],
    );

    const tables = await readMysqlTables(rows);

    assert.deepEqual(tables, [
      {
        name: 't',
        columns: [{ name: 'id', type: 'varchar(36)', nullable: false, default: null }],
        primaryKey: ['id'],
        uniques: [{ name: 'uq', columns: ['a'] }],
        indexes: [{ name: 'ix', columns: ['a(10)', '(expression)'] }],
        foreignKeys: [{ name: 'fk', columns: ['a', 'b'], table: 'o', references: ['c', 'd'] }],
      },
    ]);
  });
});
