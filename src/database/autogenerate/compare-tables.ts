import type { DatabaseDialect } from '../dialect.ts';
import type { TableDefinition } from '../schema/table-definition.ts';
import { compareColumns } from './compare-columns.ts';
import { compareKeys, type KeyOperations, named } from './compare-keys.ts';
import type { LiveTable } from './live-table.ts';
import type { Operation } from './operation.ts';
import { inForeignKeyOrder, pointsAhead } from './table-order.ts';

/** Where the histories are recorded: no declaration needs to name them. */
const bookkeeping = ['alembic_version', 'inspector_schema_history'];

/**
 * What makes the live tables of an engine the declared ones, in an order that can be run: foreign keys and
 * indexes go before columns and tables, and come after them.
 *
 * @throws InspectorError `invalid` where a primary key differs.
 */
export function compareTables(
  engine: DatabaseDialect['name'],
  declared: readonly TableDefinition[],
  live: readonly LiveTable[],
): Operation[] {
  const isDeclared = ({ name }: LiveTable) => declared.some((table) => table.name === name);
  const created = createTables(declared.filter(({ name }) => !live.some((table) => table.name === name)));
  const dropped = dropTables(live.filter((table) => !isDeclared(table) && !bookkeeping.includes(table.name)));
  const pairs = declared.flatMap((table) => {
    const found = live.find(({ name }) => name === table.name);
    return found === undefined ? [] : [{ table, found }];
  });
  const columns = pairs.flatMap(({ table, found }) => compareColumns(engine, table, found));
  const isRetyped = (table: string, name: string) =>
    columns.some(
      (step) =>
        step.kind === 'alterColumn' &&
        step.table === table &&
        step.column.name === name &&
        step.change.type !== undefined,
    );
  const keys = pairs.map(({ table, found }) => compareKeys(engine, table, found, isRetyped));
  const all = (part: keyof KeyOperations) => keys.flatMap((step): readonly Operation[] => step[part]);
  return [
    ...all('dropForeignKeys'),
    ...all('dropIndexes'),
    ...dropped,
    ...created.tables,
    ...columns,
    ...all('addIndexes'),
    ...all('addForeignKeys'),
    ...created.foreignKeys,
  ];
}

/** In a circle of foreign keys the tables come first and the keys that close it after them. */
function createTables(tables: readonly TableDefinition[]): { tables: Operation[]; foreignKeys: Operation[] } {
  const ordered = inForeignKeyOrder(tables);
  const foreignKeys = ordered.flatMap((table) =>
    (table.foreignKeys ?? [])
      .filter((key) => pointsAhead(ordered, table, key.table))
      .map((key) => ({ kind: 'addForeignKey' as const, table: table.name, key: named(table.name, key) })),
  );
  return {
    tables: ordered.map((table) => ({
      kind: 'createTable',
      table: {
        ...table,
        foreignKeys: (table.foreignKeys ?? []).filter((key) => !pointsAhead(ordered, table, key.table)),
      },
    })),
    foreignKeys,
  };
}

function dropTables(tables: readonly LiveTable[]): Operation[] {
  const ordered = inForeignKeyOrder(tables);
  const circular = ordered.flatMap((table) =>
    table.foreignKeys
      .filter((key) => pointsAhead(ordered, table, key.table))
      .map((key) => ({ kind: 'dropForeignKey' as const, table: table.name, key: named(table.name, key) })),
  );
  return [
    ...circular,
    ...ordered.toReversed().map((table) => ({ kind: 'dropTable' as const, table: table.name })),
  ];
}
