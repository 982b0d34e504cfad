import type {
  ColumnDefinition,
  ForeignKeyDefinition,
  IndexDefinition,
  TableDefinition,
} from './table-definition.ts';

/** How an engine spells the parts of a definition. */
export interface DdlWords {
  readonly quote: (name: string) => string;
  /** The type of a column, and that it counts by itself where it does. */
  readonly type: (column: ColumnDefinition) => string;
  readonly literal: (value: string | number | boolean) => string;
}

/** `"a", "b"`. */
export function namesDdl(words: DdlWords, names: readonly string[]): string {
  return names.map((name) => words.quote(name)).join(', ');
}

/** `"name" TYPE DEFAULT x NOT NULL`. */
export function columnDdl(words: DdlWords, column: ColumnDefinition): string {
  const parts = [words.quote(column.name), words.type(column)];
  if (column.default !== undefined) parts.push(`DEFAULT ${words.literal(column.default)}`);
  if (!column.nullable) parts.push('NOT NULL');
  return parts.join(' ');
}

/** `CONSTRAINT "name" PRIMARY KEY ("a")`. */
export function primaryKeyDdl(words: DdlWords, { name, columns }: TableDefinition['primaryKey']): string {
  return `${constraintDdl(words, name)}PRIMARY KEY (${namesDdl(words, columns)})`;
}

/** `CONSTRAINT "name" UNIQUE ("a")`. */
export function uniqueDdl(words: DdlWords, { name, columns }: IndexDefinition): string {
  return `${constraintDdl(words, name)}UNIQUE (${namesDdl(words, columns)})`;
}

/** `CONSTRAINT "name" FOREIGN KEY ("a") REFERENCES "t" ("b")`. */
export function foreignKeyDdl(words: DdlWords, key: ForeignKeyDefinition): string {
  return [
    `${constraintDdl(words, key.name)}FOREIGN KEY (${namesDdl(words, key.columns)})`,
    `REFERENCES ${words.quote(key.table)} (${namesDdl(words, key.references)})`,
  ].join(' ');
}

/** `INDEX "name" ON "table" ("a")`. */
export function indexDdl(words: DdlWords, table: string, { name, columns }: IndexDefinition): string {
  return `INDEX ${words.quote(name)} ON ${words.quote(table)} (${namesDdl(words, columns)})`;
}

/** Everything between the parentheses of CREATE TABLE. */
export function tableParts(words: DdlWords, table: TableDefinition): string[] {
  return [
    ...table.columns.map((column) => columnDdl(words, column)),
    primaryKeyDdl(words, table.primaryKey),
    ...(table.uniques ?? []).map((unique) => uniqueDdl(words, unique)),
    ...(table.foreignKeys ?? []).map((key) => foreignKeyDdl(words, key)),
  ];
}

/** Types that all engines spell alike; the others are the engine's own affair. */
export function commonType({ type }: ColumnDefinition): string {
  return type.kind === 'varchar' ? `VARCHAR(${type.length})` : type.kind.toUpperCase();
}

/** A name or text in its quotation marks. */
export function inQuotes(text: string, mark: string): string {
  return `${mark}${text.replaceAll(mark, mark + mark)}${mark}`;
}

function constraintDdl(words: DdlWords, name: string | undefined): string {
  return name === undefined ? '' : `CONSTRAINT ${words.quote(name)} `;
}
