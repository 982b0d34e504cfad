// Shows these lines of docs/compatibility.md: autogenerate-primary-key.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ColumnDefinition, ColumnType, TableDefinition } from '../schema/table-definition.ts';
import { compareTables } from './compare-tables.ts';
import { describeOperation } from './describe-operation.ts';
import type { LiveColumn, LiveTable } from './live-table.ts';
import type { Operation } from './operation.ts';

const text: ColumnType = { kind: 'text' };
const varchar = (length: number): ColumnType => ({ kind: 'varchar', length });
const state: ColumnType = { kind: 'enum', name: 'node_state', values: ['waiting', 'finished'] };

/** Declared columns, all nullable texts unless they say something else. */
function columns(...wanted: (Partial<ColumnDefinition> & { name: string })[]): ColumnDefinition[] {
  return wanted.map((column) => ({ type: text, nullable: true, ...column }));
}

/** A declared table with key `id`. */
function table(name: string, changes: Partial<TableDefinition> = {}): TableDefinition {
  return {
    name,
    primaryKey: { columns: ['id'] },
    ...changes,
    columns: [
      { name: 'id', type: varchar(36), nullable: false },
      ...(changes.columns ?? columns({ name: 'a' })),
    ],
  };
}

/** The same as a database has it. */
function live(name: string, changes: Partial<LiveTable> = {}): LiveTable {
  return {
    name,
    primaryKey: ['id'],
    uniques: [],
    indexes: [],
    foreignKeys: [],
    ...changes,
    columns: [
      { name: 'id', type: 'varchar(36)', nullable: false, default: null },
      ...(changes.columns ?? [liveColumn('a')]),
    ],
  };
}

function liveColumn(name: string, changes: Partial<LiveColumn> = {}): LiveColumn {
  return { name, type: 'text', nullable: true, default: null, ...changes };
}

const toNodes = { columns: ['a'], table: 'nodes', references: ['id'] };
const keyA = { name: 'fk_a', ...toNodes };
const indexA = { name: 'ix_a', columns: ['a'] };

/** What would be done, one line each. */
function lines(operations: readonly Operation[]): string[] {
  return operations.flatMap(describeOperation).map((line) => line.replace('Detected ', ''));
}

describe('comparing tables', () => {
  it('finds nothing where nothing differs', () => {
    const declared = table('t', {
      uniques: [{ name: 'u', columns: ['a'] }],
      indexes: [indexA],
      foreignKeys: [keyA],
    });
    const found = live('t', {
      uniques: [{ name: 'u', columns: ['a'] }],
      indexes: [indexA],
      foreignKeys: [keyA],
    });

    const operations = compareTables('postgresql', [declared, table('nodes')], [live('nodes'), found]);

    assert.deepEqual(operations, []);
  });

  const cases: [string, TableDefinition[], LiveTable[], string[]][] = [
    ['a new table', [table('t')], [], ["added table 't'"]],
    ['a table that is gone', [], [live('t')], ["removed table 't'"]],
    [
      'a new column and one that is gone, the new one first',
      [table('t', { columns: columns({ name: 'b' }) })],
      [live('t')],
      ["added column 't.b'", "removed column 't.a'"],
    ],
    [
      'another type',
      [table('t', { columns: columns({ name: 'a', type: varchar(9) }) })],
      [live('t')],
      ["type change from text to varchar(9) on 't.a'"],
    ],
    [
      'type, nullability and default at once',
      [table('t', { columns: columns({ name: 'a', type: varchar(9), nullable: false, default: '' }) })],
      [live('t')],
      [
        "type change from text to varchar(9) on 't.a'",
        "NOT NULL on column 't.a'",
        "server default on column 't.a'",
      ],
    ],
    [
      'a column that may be NULL again',
      [table('t')],
      [live('t', { columns: [liveColumn('a', { nullable: false })] })],
      ["NULL on column 't.a'"],
    ],
    [
      'a default that differs in case only',
      [table('t', { columns: columns({ name: 'a', default: 'Word' }) })],
      [live('t', { columns: [liveColumn('a', { default: "'word'" })] })],
      ["server default on column 't.a'"],
    ],
    ['a new index', [table('t', { indexes: [indexA] })], [live('t')], ["added index 'ix_a' on '('a')'"]],
    [
      'an index that is gone',
      [table('t')],
      [live('t', { indexes: [indexA] })],
      ["removed index 'ix_a' on 't'"],
    ],
    [
      'an index over other columns',
      [table('t', { indexes: [{ name: 'ix_a', columns: ['a', 'id'] }] })],
      [live('t', { indexes: [indexA] })],
      ["removed index 'ix_a' on 't'", "added index 'ix_a' on '('a', 'id')'"],
    ],
    [
      'an index that becomes unique',
      [table('t', { uniques: [indexA] })],
      [live('t', { indexes: [indexA] })],
      ["removed index 'ix_a' on 't'", "added unique constraint 'ix_a' on '('a')'"],
    ],
    [
      'a unique constraint that is gone, under the name that an unnamed one goes by',
      [table('t')],
      [live('t', { uniques: [{ name: null, columns: ['a', 'id'] }] })],
      ["removed unique constraint 't_a_id_key' on 't'"],
    ],
    [
      'a new foreign key',
      [table('nodes'), table('t', { foreignKeys: [toNodes] })],
      [live('nodes'), live('t')],
      ['added foreign key (a)(id) on table t'],
    ],
    [
      'a foreign key that is gone',
      [table('nodes'), table('t')],
      [live('nodes'), live('t', { foreignKeys: [keyA] })],
      ['removed foreign key (a)(id) on table t'],
    ],
    [
      'a foreign key to a table that is gone, the key first',
      [table('t')],
      [live('nodes'), live('t', { foreignKeys: [keyA] })],
      ['removed foreign key (a)(id) on table t', "removed table 'nodes'"],
    ],
    [
      'new tables, the one that is pointed to first',
      [table('t', { foreignKeys: [toNodes] }), table('nodes')],
      [],
      ["added table 'nodes'", "added table 't'"],
    ],
    [
      'tables that are gone, the one that points first',
      [],
      [live('nodes'), live('t', { foreignKeys: [keyA] })],
      ["removed table 't'", "removed table 'nodes'"],
    ],
    [
      'new tables in a circle, the key that closes it last',
      [
        table('nodes', { foreignKeys: [{ columns: ['a'], table: 't', references: ['id'] }] }),
        table('t', { foreignKeys: [toNodes] }),
      ],
      [],
      ["added table 't'", "added table 'nodes'", 'added foreign key (a)(id) on table t'],
    ],
    [
      'tables in a circle that are gone, one of its keys first',
      [],
      [
        live('nodes', { foreignKeys: [{ ...keyA, table: 't' }] }),
        live('t', { foreignKeys: [{ ...keyA, name: null }] }),
      ],
      ['removed foreign key (a)(id) on table t', "removed table 'nodes'", "removed table 't'"],
    ],
    [
      'a table that points to itself',
      [table('nodes', { foreignKeys: [toNodes] })],
      [],
      ["added table 'nodes'"],
    ],
  ];

  for (const [title, declared, found, expected] of cases) {
    it(`finds ${title}`, () => {
      const operations = compareTables('postgresql', declared, found);

      assert.deepEqual(lines(operations), expected);
    });
  }

  it('takes the keys that close a circle out of the tables that are made', () => {
    const circle = [
      table('nodes', { foreignKeys: [{ columns: ['a'], table: 't', references: ['id'] }] }),
      table('t', { foreignKeys: [toNodes] }),
    ];

    const operations = compareTables('postgresql', circle, []);

    const [first] = operations;
    assert.equal(first?.kind, 'createTable');
    assert.deepEqual(first?.kind === 'createTable' && first.table.foreignKeys, []);
    assert.deepEqual(operations.at(-1), {
      kind: 'addForeignKey',
      table: 't',
      key: { ...toNodes, name: 'fk_t_a' },
    });
  });

  it('leaves alone the tables in which histories are recorded', () => {
    const operations = compareTables(
      'sqlite',
      [],
      [live('alembic_version'), live('inspector_schema_history')],
    );

    assert.deepEqual(operations, []);
  });

  it('counts a column of the primary key as NOT NULL, whatever its declaration says', () => {
    const declared: TableDefinition = {
      name: 't',
      columns: columns({ name: 'id', type: varchar(36) }),
      primaryKey: { columns: ['id'] },
    };

    const operations = compareTables('sqlite', [declared], [live('t', { columns: [] })]);

    assert.deepEqual(operations, []);
  });

  it('refuses to change a primary key, and says where', () => {
    const declared = table('t', { primaryKey: { columns: ['id', 'a'] } });

    const compare = () => compareTables('sqlite', [declared], [live('t')]);

    assert.throws(compare, {
      kind: 'invalid',
      message: /^Table t: its primary key is \(id\), declared is \(id, a\)/,
    });
  });
});

describe('comparing foreign keys', () => {
  it('does not mind their names, which engines make up', () => {
    const declared = [table('nodes'), table('t', { foreignKeys: [toNodes] })];
    const found = [live('nodes'), live('t', { foreignKeys: [{ ...toNodes, name: 't_ibfk_1' }] })];

    const operations = compareTables('mysql', declared, found);

    assert.deepEqual(operations, []);
  });

  for (const [name, engine, isFound] of [
    ['fk_a', 'mysql', false],
    ['a', 'mysql', false],
    ['a_2', 'mysql', false],
    ['made_by_hand', 'mysql', true],
    ['a', 'postgresql', true],
  ] as const) {
    it(`${isFound ? 'finds' : 'overlooks'} an index ${name} over the columns of a key on ${engine}`, () => {
      const declared = [table('nodes'), table('t', { foreignKeys: [toNodes] })];
      const found = [live('nodes'), live('t', { foreignKeys: [keyA], indexes: [{ name, columns: ['a'] }] })];

      const operations = compareTables(engine, declared, found);

      assert.deepEqual(lines(operations), isFound ? [`removed index '${name}' on 't'`] : []);
    });
  }

  it('finds that an index which is declared is not the one that MySQL made', () => {
    const index = { name: 'fk_a', columns: ['a', 'id'] };
    const declared = [table('nodes'), table('t', { foreignKeys: [toNodes], indexes: [index] })];
    const found = [
      live('nodes'),
      live('t', { foreignKeys: [keyA], indexes: [{ name: 'fk_a', columns: ['a'] }] }),
    ];

    const operations = compareTables('mysql', declared, found);

    assert.deepEqual(lines(operations), [
      "removed index 'fk_a' on 't'",
      "added index 'fk_a' on '('a', 'id')'",
    ]);
  });

  it('makes a key anew around a change of the type on either side', () => {
    const changed = columns({ name: 'a', type: varchar(9) });
    const here = [table('nodes'), table('t', { foreignKeys: [keyA], columns: changed })];
    const foundHere = [live('nodes'), live('t', { foreignKeys: [keyA] })];
    const key = { ...keyA, references: ['a'] };
    const there = [table('nodes', { columns: changed }), table('t', { foreignKeys: [key] })];
    const foundThere = [live('nodes'), live('t', { foreignKeys: [key] })];

    const kinds = [compareTables('sqlite', here, foundHere), compareTables('sqlite', there, foundThere)].map(
      (operations) => operations.map(({ kind }) => kind),
    );

    assert.deepEqual(kinds, [
      ['dropForeignKey', 'alterColumn', 'addForeignKey'],
      ['dropForeignKey', 'alterColumn', 'addForeignKey'],
    ]);
  });

  it('makes a key anew around the end of an index that it may rely on', () => {
    const declared = [table('nodes'), table('t', { foreignKeys: [keyA] })];
    const found = [
      live('nodes'),
      live('t', { foreignKeys: [keyA], indexes: [{ name: 'ix', columns: ['a', 'id'] }] }),
    ];

    const operations = compareTables('postgresql', declared, found);

    assert.deepEqual(
      operations.map(({ kind }) => kind),
      ['dropForeignKey', 'dropIndex', 'addForeignKey'],
    );
  });
});

describe('the state column that the original left on MySQL', () => {
  const stored = "enum('finished','waiting')";
  const intact = { type: stored, nullable: false, default: "'finished'" };
  const forgotten = { type: stored, nullable: true, default: null };
  const declared = { name: 'state', type: state, nullable: false, default: 'finished' };

  for (const [title, wanted, found, name, isFound] of [
    ['may have lost NOT NULL and its default', declared, forgotten, 'nodes', false],
    ['may have kept them', { name: 'state', type: state }, intact, 'nodes', false],
    ['is a difference in another table', declared, forgotten, 'others', true],
    ['is a difference with another default', { ...declared, default: 'waiting' }, forgotten, 'nodes', true],
    ['is a difference with half of it lost', declared, { ...intact, default: null }, 'nodes', true],
    ['is a difference of another type', declared, { ...forgotten, type: 'text' }, 'nodes', true],
  ] as const) {
    it(title, () => {
      const operations = compareTables(
        'mysql',
        [table(name, { columns: columns(wanted) })],
        [live(name, { columns: [liveColumn('state', found)] })],
      );

      assert.deepEqual(
        operations.map(({ kind }) => kind),
        isFound ? ['alterColumn'] : [],
      );
    });
  }

  it('is a difference on another engine', () => {
    const operations = compareTables(
      'postgresql',
      [table('nodes', { columns: columns(declared) })],
      [
        live('nodes', {
          columns: [liveColumn('state', { ...forgotten, type: "node_state('finished','waiting')" })],
        }),
      ],
    );

    assert.equal(operations.length, 1);
  });
});
