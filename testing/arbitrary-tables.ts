import * as fc from 'fast-check';
import type {
  ColumnDefinition,
  ColumnType,
  ForeignKeyDefinition,
  IndexDefinition,
  TableDefinition,
} from '../src/database/schema/table-definition.ts';

const id: ColumnDefinition = { name: 'id', type: { kind: 'varchar', length: 36 }, nullable: false };
const counter: ColumnDefinition = {
  name: 'id',
  type: { kind: 'integer' },
  nullable: false,
  autoincrement: true,
};

/** The key of a table depends on its name alone: no migration changes it. */
const keys: Readonly<Record<string, { key: TableDefinition['primaryKey']; column: ColumnDefinition }>> = {
  apples: { key: { columns: ['id'] }, column: id },
  order: { key: { name: 'pk_order', columns: ['id'] }, column: id },
  pears: { key: { columns: ['id'] }, column: counter },
  'the plums': { key: { columns: ['id'] }, column: id },
};

const texts: readonly ColumnType[] = [
  { kind: 'varchar', length: 36 },
  { kind: 'varchar', length: 100 },
  { kind: 'text' },
  { kind: 'long-text' },
  { kind: 'enum', name: 'fruit', values: ['ripe', 'green'] },
  { kind: 'enum', name: 'more_fruit', values: ['ripe', 'green', 'rotten'] },
];

/** The types that a column of a name may have: PostgreSQL casts within a list, not from any type to any. */
const types: Readonly<Record<string, readonly ColumnType[]>> = {
  a: texts,
  b: texts,
  select: [{ kind: 'integer' }, { kind: 'float' }],
  'two words': [{ kind: 'boolean' }],
  unique: [{ kind: 'datetime' }],
};

/** The texts are long enough for keys to hold several; MySQL takes no default for those without a limit. */
function column(name: string): fc.Arbitrary<ColumnDefinition> {
  return fc.constantFrom(...(types[name] ?? [])).chain((type) => {
    const plain = fc.constant({ name, type, nullable: true });
    if (isUnlimited(type)) return plain;
    const nullable = fc.boolean();
    // SQLite adds no required column without a default to a table that is there.
    return fc.oneof(
      plain,
      fc.record({ name: fc.constant(name), type: fc.constant(type), nullable, default: defaults(type) }),
    );
  });
}

function defaults({ kind }: ColumnType): fc.Arbitrary<string | number | boolean> {
  if (kind === 'boolean') return fc.boolean();
  if (kind === 'integer') return fc.integer({ min: -1000, max: 1000 });
  if (kind === 'float') return fc.integer({ min: -1000, max: 1000 }).map((value) => value / 8);
  if (kind === 'datetime') return fc.constantFrom('2026-01-02 03:04:05', '1970-01-01 00:00:01');
  return kind === 'enum' ? fc.constantFrom('ripe', 'green') : fc.string({ maxLength: 9 });
}

function isUnlimited({ kind }: ColumnType): boolean {
  return kind === 'text' || kind === 'long-text';
}

/** SQLite keeps one of two unique constraints over the same columns. */
function indexes(prefix: string, columns: readonly string[]): fc.Arbitrary<IndexDefinition[]> {
  if (columns.length === 0) return fc.constant([]);
  return fc
    .uniqueArray(
      fc.shuffledSubarray([...columns], { minLength: 1, maxLength: Math.min(3, columns.length) }),
      {
        selector: String,
        maxLength: 2,
      },
    )
    .map((lists) => lists.map((list, place) => ({ name: `${prefix}_${place}`, columns: list })));
}

function foreignKeys(
  from: string,
  columns: readonly ColumnDefinition[],
): fc.Arbitrary<ForeignKeyDefinition[]> {
  const fitting = columns.filter(({ type }) => type.kind === 'varchar' && type.length === 36);
  return fc.subarray(fitting).chain((some) =>
    fc.tuple(
      ...some.map(({ name }) =>
        fc.constantFrom('apples', 'the plums').map((target) => ({
          name: `fk_${from}_${name}_${target}`,
          columns: [name],
          table: target,
          references: ['id'],
        })),
      ),
    ),
  );
}

function table(name: string, targets: readonly string[]): fc.Arbitrary<TableDefinition> {
  const { key, column: keyColumn } = keys[name] ?? { key: { columns: ['id'] }, column: id };
  return fc
    .shuffledSubarray(Object.keys(types), { minLength: 1 })
    .chain((names) => fc.tuple(...names.map(column)))
    .chain((columns) => {
      const short = columns.filter(({ type }) => !isUnlimited(type)).map((one) => one.name);
      return fc.record({
        name: fc.constant(name),
        columns: fc.constant([keyColumn, ...columns]),
        primaryKey: fc.constant(key),
        uniques: indexes(`uq_${name}`, short),
        indexes: indexes(`ix_${name}`, short),
        foreignKeys: foreignKeys(name, columns).map((all) =>
          all.filter((one) => targets.includes(one.table)),
        ),
        own: fc.constant(true),
      });
    });
}

/** Declared tables that every engine takes, and that every engine can change into any others of these. */
export const arbitraryTables: fc.Arbitrary<TableDefinition[]> = fc
  .shuffledSubarray(Object.keys(keys))
  .chain((names) => fc.tuple(...names.map((name) => table(name, names))));
