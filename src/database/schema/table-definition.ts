/** What a column holds, in words that every engine has a type for. */
export type ColumnType =
  | { readonly kind: 'varchar'; readonly length: number }
  /** MySQL: TEXT, 64 KiB; elsewhere without a limit. */
  | { readonly kind: 'text' }
  /** MySQL: LONGTEXT, 4 GiB; elsewhere as `text`. */
  | { readonly kind: 'long-text' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'integer' }
  | { readonly kind: 'float' }
  /** Without a time zone, in UTC. MySQL keeps whole seconds, the others microseconds. */
  | { readonly kind: 'datetime' }
  /** PostgreSQL: a type of this name; MySQL: ENUM; SQLite: VARCHAR of the longest value, unchecked. */
  | { readonly kind: 'enum'; readonly name: string; readonly values: readonly string[] };

/** A column of a declared table. */
export interface ColumnDefinition {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** What the server writes where an insert names no value; none when left out. */
  readonly default?: string | number | boolean;
  /** The server counts: an integer primary key only. */
  readonly autoincrement?: boolean;
}

/** A unique constraint, or an index. Names are the same on all engines. */
export interface IndexDefinition {
  readonly name: string;
  readonly columns: readonly string[];
}

/** A reference to another table, without cascades. */
export interface ForeignKeyDefinition {
  /** Left out: the engine names it, as the original lets it. */
  readonly name?: string;
  readonly columns: readonly string[];
  readonly table: string;
  readonly references: readonly string[];
}

/** A table as the code expects it, for all engines. What is left out is empty. */
export interface TableDefinition {
  readonly name: string;
  readonly columns: readonly ColumnDefinition[];
  readonly primaryKey: { readonly name?: string; readonly columns: readonly string[] };
  readonly uniques?: readonly IndexDefinition[];
  readonly indexes?: readonly IndexDefinition[];
  readonly foreignKeys?: readonly ForeignKeyDefinition[];
  /** True for tables of ours: on MySQL in utf8mb4 and compared byte by byte, where the original's are utf8mb3. */
  readonly own?: boolean;
}
