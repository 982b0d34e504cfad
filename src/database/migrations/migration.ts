import type { Kysely, Transaction } from 'kysely';
import type { DatabaseDialect } from '../dialect.ts';
import type {
  ColumnDefinition,
  ForeignKeyDefinition,
  IndexDefinition,
  TableDefinition,
} from '../schema/table-definition.ts';

/** Rows of tables as they are at that point of the history, which is not what today's types say. */
export type MigrationQueries = Kysely<Record<string, Record<string, unknown>>>;

/**
 * Changes of tables, written once for all engines. Done again after an interrupted run on an engine whose
 * DDL no transaction covers (MySQL), each is a no-op where its result is there already.
 */
export interface SchemaChanger {
  createTable(table: TableDefinition): Promise<void>;
  dropTable(name: string): Promise<void>;
  addColumn(table: string, column: ColumnDefinition): Promise<void>;
  dropColumn(table: string, column: string): Promise<void>;
  /** The column of this name becomes as given: type, nullability and default. */
  alterColumn(table: string, column: ColumnDefinition): Promise<void>;
  createIndex(table: string, index: IndexDefinition): Promise<void>;
  dropIndex(table: string, name: string): Promise<void>;
  addUnique(table: string, unique: IndexDefinition): Promise<void>;
  dropUnique(table: string, name: string): Promise<void>;
  /** `name` must be given. */
  addForeignKey(table: string, key: ForeignKeyDefinition & { readonly name: string }): Promise<void>;
  dropForeignKey(table: string, name: string): Promise<void>;
  /** Drops every foreign key over exactly these columns, whatever it is called. */
  dropForeignKeysOver(table: string, columns: readonly string[]): Promise<void>;
  /** The table's primary key goes and this one comes; where there is a name already (PostgreSQL) it stays. */
  replacePrimaryKey(table: string, key: TableDefinition['primaryKey']): Promise<void>;
  /** Each column goes if it is there, and the one called `by` takes its name and becomes as given. */
  replaceColumns(table: string, replacements: readonly ColumnReplacement[]): Promise<void>;
  /** Column names with their types in the engine's own words, lower case; empty for a table that is not there. */
  columnTypes(table: string): Promise<ReadonlyMap<string, string>>;
}

/** A column that takes the place of another one. */
export interface ColumnReplacement {
  readonly by: string;
  readonly column: ColumnDefinition;
}

/** What a migration works with. On SQLite and PostgreSQL all of it happens in one transaction. */
export interface MigrationContext {
  readonly schema: SchemaChanger;
  readonly query: MigrationQueries | Transaction<Record<string, Record<string, unknown>>>;
  readonly dialect: DatabaseDialect;
  /** For migrations that touch many rows: says how many of `total` are done, now and then. */
  readonly progress: (done: number, total: number, what: string) => void;
}

/** One step of a history. */
export interface Migration {
  /** 10 or 12 hexadecimal digits in the original's history, 4 digits or 12 hexadecimal ones in ours. */
  readonly revision: string;
  /** The revision before; `null` for the first. */
  readonly revises: string | null;
  readonly title: string;
  /** ISO 8601 date and time. */
  readonly created: string;
  upgrade(on: MigrationContext): Promise<void>;
}
