import type {
  ColumnDefinition,
  ForeignKeyDefinition,
  IndexDefinition,
  TableDefinition,
} from '../schema/table-definition.ts';
import { migrationName } from './migration-name.ts';
import type { Operation } from './operation.ts';
import { type PlainValue, renderText, renderValue } from './render-value.ts';

/** A migration to be written. */
export interface NewMigration {
  readonly revision: string;
  /** `null` for the first of a history. */
  readonly revises: string | null;
  /** Any text: it is on the command line. */
  readonly title: string;
  /** ISO 8601 date and time. */
  readonly created: string;
  /** `undefined`: a person is to write what it does. */
  readonly operations: readonly Operation[] | undefined;
}

/** The text of a migration's file, for a folder beside `migration.ts`, as the project's formatter would have it. */
export function renderMigration({ revision, revises, title, created, operations }: NewMigration): string {
  const member = (name: string, text: string) =>
    `  ${name}:${name.length + text.length + 5 > 110 ? '\n    ' : ' '}${text},`;
  return [
    "import type { Migration } from '../migration.ts';",
    '',
    `/** ${commentText(title) || 'Has no title.'} */`,
    `export const ${migrationName(title)}: Migration = {`,
    member('revision', renderText(revision)),
    member('revises', revises === null ? 'null' : renderText(revises)),
    member('title', renderText(title)),
    member('created', renderText(created)),
    ...renderUpgrade(operations),
    '};',
    '',
  ].join('\n');
}

function renderUpgrade(operations: readonly Operation[] | undefined): string[] {
  if (operations === undefined) {
    return [
      '  async upgrade() {',
      '    // MigrationContext has what can be asked for here: { schema, query }.',
      '  },',
    ];
  }
  if (operations.length === 0) {
    return ['  async upgrade() {', '    // The database and the declared tables do not differ.', '  },'];
  }
  return ['  async upgrade({ schema }) {', ...operations.map(renderCall), '  },'];
}

function renderCall(operation: Operation): string {
  const head = `    await schema.${operation.kind}(`;
  const [last, ...before] = argumentsOf(operation).toReversed();
  const first = before
    .toReversed()
    .map((text) => `${renderValue(text, { indent: 4, before: 0, after: 0 })}, `);
  const start = `${head}${first.join('')}`;
  return `${start}${renderValue(last ?? '', { indent: 4, before: start.length, after: 2 })});`;
}

function argumentsOf(operation: Operation): PlainValue[] {
  switch (operation.kind) {
    case 'createTable':
      return [tableValue(operation.table)];
    case 'dropTable':
      return [operation.table];
    case 'addColumn':
    case 'alterColumn':
      return [operation.table, columnValue(operation.column)];
    case 'dropColumn':
      return [operation.table, operation.column];
    case 'createIndex':
      return [operation.table, indexValue(operation.index)];
    case 'addUnique':
      return [operation.table, indexValue(operation.unique)];
    case 'dropIndex':
    case 'dropUnique':
      return [operation.table, operation.name];
    case 'addForeignKey':
      return [operation.table, keyValue(operation.key)];
    default:
      return [operation.table, operation.key.name];
  }
}

function tableValue(table: TableDefinition): PlainValue {
  const some = (list: PlainValue[] | undefined) => (list?.length === 0 ? undefined : list);
  return {
    name: table.name,
    columns: table.columns.map(columnValue),
    primaryKey: { name: table.primaryKey.name, columns: table.primaryKey.columns },
    uniques: some(table.uniques?.map(indexValue)),
    indexes: some(table.indexes?.map(indexValue)),
    foreignKeys: some(table.foreignKeys?.map(keyValue)),
    own: table.own,
  };
}

function columnValue({ name, type, nullable, default: value, autoincrement }: ColumnDefinition): PlainValue {
  return { name, type: { ...type }, nullable, default: value, autoincrement };
}

function indexValue({ name, columns }: IndexDefinition): PlainValue {
  return { name, columns };
}

function keyValue({ name, columns, table, references }: ForeignKeyDefinition): PlainValue {
  return { name, columns, table, references };
}

/** A text that ends no comment and stays on its line. */
function commentText(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll('*/', '* /')
    .trim();
}
