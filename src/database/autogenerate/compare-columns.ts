import { InspectorError } from '../../errors/inspector-error.ts';
import type { DatabaseDialect } from '../dialect.ts';
import type { ColumnDefinition, TableDefinition } from '../schema/table-definition.ts';
import type { LiveColumn, LiveTable } from './live-table.ts';
import type { ColumnChange, Operation } from './operation.ts';
import { storedDefault } from './stored-default.ts';
import { storedType } from './stored-type.ts';

type ColumnOperation = Extract<Operation, { kind: 'addColumn' | 'dropColumn' | 'alterColumn' }>;

/**
 * What makes the columns of a table as declared, additions first. Their order in the table does not count,
 * and neither does whether an existing column counts by itself, which no `SchemaChanger` changes.
 *
 * @throws InspectorError `invalid` where the primary key differs, for the same reason.
 */
export function compareColumns(
  engine: DatabaseDialect['name'],
  declared: TableDefinition,
  live: LiveTable,
): ColumnOperation[] {
  requireSamePrimaryKey(declared, live);
  const table = declared.name;
  const added: ColumnOperation[] = [];
  const altered: ColumnOperation[] = [];
  for (const column of declared.columns) {
    const found = live.columns.find(({ name }) => name === column.name);
    if (found === undefined) {
      added.push({ kind: 'addColumn', table, column });
      continue;
    }
    const isKey = declared.primaryKey.columns.includes(column.name);
    const change = columnChange(engine, { ...column, nullable: column.nullable && !isKey }, found);
    if (change === null || isOriginalVariation(engine, table, column, found)) continue;
    altered.push({ kind: 'alterColumn', table, column, change });
  }
  const dropped = live.columns
    .filter(({ name }) => !declared.columns.some((column) => column.name === name))
    .map(({ name }) => ({ kind: 'dropColumn' as const, table, column: name }));
  return [...added, ...altered, ...dropped];
}

function columnChange(
  engine: DatabaseDialect['name'],
  column: ColumnDefinition,
  live: LiveColumn,
): ColumnChange | null {
  const type = storedType(engine, column.type);
  const change = {
    ...(type === live.type ? {} : { type: { live: live.type, declared: type } }),
    nullable: column.nullable !== live.nullable,
    default: storedDefault(type, column.default) !== live.default,
  };
  return change.type !== undefined || change.nullable || change.default ? change : null;
}

/**
 * The original's step 18440d0834af, until it was emptied, changed the type of this column without saying the
 * rest again, and MySQL then forgets NOT NULL and the default. Databases of both kinds are in use, and neither
 * is to be changed.
 */
function isOriginalVariation(
  engine: DatabaseDialect['name'],
  table: string,
  column: ColumnDefinition,
  live: LiveColumn,
): boolean {
  if (engine !== 'mysql' || table !== 'nodes' || column.name !== 'state') return false;
  const type = storedType(engine, column.type);
  const known = [`true null`, `false 'finished'`];
  return (
    type === live.type &&
    known.includes(`${column.nullable} ${storedDefault(type, column.default)}`) &&
    known.includes(`${live.nullable} ${live.default}`)
  );
}

function requireSamePrimaryKey(declared: TableDefinition, live: LiveTable): void {
  const wanted = declared.primaryKey.columns.join(', ');
  const found = live.primaryKey.join(', ');
  if (wanted === found) return;
  throw new InspectorError(
    'invalid',
    `Table ${declared.name}: its primary key is (${found}), declared is (${wanted}). Autogenerate cannot change a primary key: write that migration by hand`,
  );
}
