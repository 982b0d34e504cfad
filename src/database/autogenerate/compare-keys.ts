import type { DatabaseDialect } from '../dialect.ts';
import type { ForeignKeyDefinition, IndexDefinition, TableDefinition } from '../schema/table-definition.ts';
import type { LiveForeignKey, LiveIndex, LiveTable } from './live-table.ts';
import type { NamedForeignKey, Operation } from './operation.ts';

type Of<Kind extends Operation['kind']> = Extract<Operation, { kind: Kind }>;

/** What makes the keys and indexes of a table as declared, by what must be done before and after the columns. */
export interface KeyOperations {
  readonly dropForeignKeys: readonly Of<'dropForeignKey'>[];
  readonly dropIndexes: readonly (Of<'dropIndex'> | Of<'dropUnique'>)[];
  readonly addIndexes: readonly (Of<'createIndex'> | Of<'addUnique'>)[];
  readonly addForeignKeys: readonly Of<'addForeignKey'>[];
}

/**
 * Compares indexes and unique constraints by name and columns, or by columns alone where SQLite has no name,
 * and foreign keys by what they point to, since the engines name the original's.
 *
 * `isRetyped` tells the columns whose type changes: MySQL refuses that, and the end of an index that a
 * foreign key relies on, while the key is there, so such keys are made anew.
 */
export function compareKeys(
  engine: DatabaseDialect['name'],
  declared: TableDefinition,
  live: LiveTable,
  isRetyped: (table: string, column: string) => boolean,
): KeyOperations {
  const table = declared.name;
  const uniques = difference(declared.uniques ?? [], live.uniques);
  const indexes = difference(
    declared.indexes ?? [],
    live.indexes.filter((index) => engine !== 'mysql' || !isAutomatic(index, declared, live)),
  );
  const dropped = [...uniques.gone, ...indexes.gone];
  const keys = differenceOfKeys(declared, live);
  const anew = keys.same.filter(
    (key): key is NamedForeignKey =>
      key.name !== undefined &&
      (touches(table, key, isRetyped) || dropped.some((index) => serves(index, key))),
  );
  return {
    dropForeignKeys: [...keys.gone.map((key) => named(table, key)), ...anew].map((key) => ({
      kind: 'dropForeignKey',
      table,
      key,
    })),
    dropIndexes: [
      ...uniques.gone.map((index) => ({ kind: 'dropUnique' as const, table, name: nameOf(table, index) })),
      ...indexes.gone.map((index) => ({ kind: 'dropIndex' as const, table, name: nameOf(table, index) })),
    ],
    addIndexes: [
      ...uniques.missing.map((unique) => ({ kind: 'addUnique' as const, table, unique })),
      ...indexes.missing.map((index) => ({ kind: 'createIndex' as const, table, index })),
    ],
    addForeignKeys: [...keys.missing.map((key) => named(table, key)), ...anew].map((key) => ({
      kind: 'addForeignKey',
      table,
      key,
    })),
  };
}

/** A foreign key with the name that a migration calls it by. */
export function named(table: string, key: ForeignKeyDefinition | LiveForeignKey): NamedForeignKey {
  return { ...key, name: key.name ?? `fk_${table}_${key.columns.join('_')}` };
}

function nameOf(table: string, index: LiveIndex): string {
  return index.name ?? `${table}_${index.columns.join('_')}_key`;
}

function difference(declared: readonly IndexDefinition[], live: readonly LiveIndex[]) {
  const isSame = (wanted: IndexDefinition, found: LiveIndex) =>
    (found.name === null || found.name === wanted.name) && sameList(wanted.columns, found.columns);
  return {
    missing: declared.filter((wanted) => !live.some((found) => isSame(wanted, found))),
    gone: live.filter((found) => !declared.some((wanted) => isSame(wanted, found))),
  };
}

function differenceOfKeys(declared: TableDefinition, live: LiveTable) {
  const isSame = (wanted: ForeignKeyDefinition, found: LiveForeignKey) =>
    wanted.table === found.table &&
    sameList(wanted.columns, found.columns) &&
    sameList(wanted.references, found.references);
  const wanted = declared.foreignKeys ?? [];
  return {
    missing: wanted.filter((key) => !live.foreignKeys.some((found) => isSame(key, found))),
    same: wanted.filter((key) => live.foreignKeys.some((found) => isSame(key, found))),
    gone: live.foreignKeys.filter((found) => !wanted.some((key) => isSame(key, found))),
  };
}

/** MySQL makes an index for a foreign key that has none, called as the key or its first column, and keeps it. */
function isAutomatic(index: LiveIndex, declared: TableDefinition, live: LiveTable): boolean {
  if (declared.indexes?.some(({ name }) => name === index.name) === true) return false;
  return live.foreignKeys.some(
    (key) =>
      sameList(key.columns, index.columns) &&
      (index.name === key.name || index.name?.replace(/_\d+$/, '') === key.columns[0]),
  );
}

function touches(
  table: string,
  key: ForeignKeyDefinition,
  isRetyped: (table: string, column: string) => boolean,
): boolean {
  return (
    key.columns.some((column) => isRetyped(table, column)) ||
    key.references.some((column) => isRetyped(key.table, column))
  );
}

/** MySQL takes any index that begins with the columns of the key. */
function serves(index: LiveIndex, key: ForeignKeyDefinition): boolean {
  return sameList(index.columns.slice(0, key.columns.length), key.columns);
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, place) => item === b[place]);
}
