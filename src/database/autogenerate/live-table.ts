/** A column as the database has it. */
export interface LiveColumn {
  readonly name: string;
  /** In the words of `storedType`; a type that no declaration has keeps the engine's own spelling. */
  readonly type: string;
  readonly nullable: boolean;
  /** A literal as `storedDefault` writes it, an expression as the engine shows it, or `null`. */
  readonly default: string | null;
}

/** An index or a unique constraint; `null` for one that SQLite gave no name. */
export interface LiveIndex {
  readonly name: string | null;
  /** Names, or expressions and conditions as the engine shows them, which no declaration has. */
  readonly columns: readonly string[];
}

/** A foreign key; `null` for one that SQLite gave no name. */
export interface LiveForeignKey {
  readonly name: string | null;
  readonly columns: readonly string[];
  readonly table: string;
  readonly references: readonly string[];
}

/** A table as the database has it, in words that are the same for all engines. */
export interface LiveTable {
  readonly name: string;
  readonly columns: readonly LiveColumn[];
  readonly primaryKey: readonly string[];
  readonly uniques: readonly LiveIndex[];
  readonly indexes: readonly LiveIndex[];
  readonly foreignKeys: readonly LiveForeignKey[];
}
