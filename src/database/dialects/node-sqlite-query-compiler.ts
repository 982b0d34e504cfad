import { type SelectModifierNode, SqliteQueryCompiler } from 'kysely';

/** SQLite has no locks of rows, nor need for them: a transaction of ours has the whole file from its beginning on. */
export class NodeSqliteQueryCompiler extends SqliteQueryCompiler {
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (node.modifier !== 'ForUpdate') super.visitSelectModifier(node);
  }
}
