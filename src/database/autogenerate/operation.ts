import type {
  ColumnDefinition,
  ForeignKeyDefinition,
  IndexDefinition,
  TableDefinition,
} from '../schema/table-definition.ts';

/** A foreign key that a migration can name. */
export type NamedForeignKey = ForeignKeyDefinition & { readonly name: string };

/** What of a column is not as declared. */
export interface ColumnChange {
  /** In the words of `storedType`; left out when both are the same. */
  readonly type?: { readonly live: string; readonly declared: string };
  readonly nullable: boolean;
  readonly default: boolean;
}

/** One step that brings a database to the declared tables: a call of the `SchemaChanger` method of that name. */
export type Operation =
  | { readonly kind: 'createTable'; readonly table: TableDefinition }
  | { readonly kind: 'dropTable'; readonly table: string }
  | { readonly kind: 'addColumn'; readonly table: string; readonly column: ColumnDefinition }
  | { readonly kind: 'dropColumn'; readonly table: string; readonly column: string }
  | {
      readonly kind: 'alterColumn';
      readonly table: string;
      readonly column: ColumnDefinition;
      readonly change: ColumnChange;
    }
  | { readonly kind: 'createIndex'; readonly table: string; readonly index: IndexDefinition }
  | { readonly kind: 'dropIndex'; readonly table: string; readonly name: string }
  | { readonly kind: 'addUnique'; readonly table: string; readonly unique: IndexDefinition }
  | { readonly kind: 'dropUnique'; readonly table: string; readonly name: string }
  | { readonly kind: 'addForeignKey'; readonly table: string; readonly key: NamedForeignKey }
  | { readonly kind: 'dropForeignKey'; readonly table: string; readonly key: NamedForeignKey };
