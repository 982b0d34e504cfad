import type { ForeignKeyDefinition } from '../schema/table-definition.ts';
import type { Operation } from './operation.ts';

/** What was found, for the log, in the words that alembic has for it; a changed column may take several lines. */
export function describeOperation(operation: Operation): readonly string[] {
  if (operation.kind === 'alterColumn') return describeChange(operation);
  return [`Detected ${found(operation)}`];
}

function found(operation: Exclude<Operation, { kind: 'alterColumn' }>): string {
  switch (operation.kind) {
    case 'createTable':
      return `added table '${operation.table.name}'`;
    case 'dropTable':
      return `removed table '${operation.table}'`;
    case 'addColumn':
      return `added column '${operation.table}.${operation.column.name}'`;
    case 'dropColumn':
      return `removed column '${operation.table}.${operation.column}'`;
    case 'createIndex':
      return `added index '${operation.index.name}' on '${list(operation.index.columns)}'`;
    case 'dropIndex':
      return `removed index '${operation.name}' on '${operation.table}'`;
    case 'addUnique':
      return `added unique constraint '${operation.unique.name}' on '${list(operation.unique.columns)}'`;
    case 'dropUnique':
      return `removed unique constraint '${operation.name}' on '${operation.table}'`;
    case 'addForeignKey':
      return `added foreign key ${ends(operation.key)} on table ${operation.table}`;
    default:
      return `removed foreign key ${ends(operation.key)} on table ${operation.table}`;
  }
}

function describeChange({ table, column, change }: Extract<Operation, { kind: 'alterColumn' }>): string[] {
  const name = `'${table}.${column.name}'`;
  const lines: string[] = [];
  if (change.type !== undefined) {
    lines.push(`Detected type change from ${change.type.live} to ${change.type.declared} on ${name}`);
  }
  if (change.nullable) lines.push(`Detected ${column.nullable ? 'NULL' : 'NOT NULL'} on column ${name}`);
  if (change.default) lines.push(`Detected server default on column ${name}`);
  return lines;
}

function list(columns: readonly string[]): string {
  return `(${columns.map((column) => `'${column}'`).join(', ')})`;
}

function ends(key: ForeignKeyDefinition): string {
  return `(${key.columns.join(', ')})(${key.references.join(', ')})`;
}
