import { replacing } from '../database/collision.ts';
import type { Database, Queries } from '../database/database.ts';
import { heldNode } from '../database/held-node.ts';
import { isOf, startOf } from './introspection-start.ts';

/**
 * Callbacks whose processing a crash interrupted and a restart completed. The ramdisk has had no answer and
 * posts the same document again; by then the introspection has ended, and it is told so instead of being
 * refused (docs/compatibility.md, repeat-after-crash).
 */
export class UnansweredStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async add(nodeUuid: string, digest: string): Promise<void> {
    await replacing(this.#database, async (transaction) => {
      await heldNode(transaction, nodeUuid);
      const startedAt = await startOf(transaction, nodeUuid);
      await transaction
        .deleteFrom('unanswered_callbacks')
        .where((where) => where.or([where('node_uuid', '=', nodeUuid), where('digest', '=', digest)]))
        .execute();
      const row = { digest, node_uuid: nodeUuid, started_at: startedAt };
      await transaction.insertInto('unanswered_callbacks').values(row).execute();
    });
  }

  /** The node that this very document was processed for. */
  async find(digest: string): Promise<string | undefined> {
    return this.#nodeOf(this.#database.query, digest);
  }

  /** The same; once. */
  async take(digest: string): Promise<string | undefined> {
    let found: string | undefined;
    await this.#database.transaction(async (transaction) => {
      // A run before this one may have been stored, and what it found is gone.
      found ??= await this.#nodeOf(transaction, digest);
      await transaction.deleteFrom('unanswered_callbacks').where('digest', '=', digest).execute();
    });
    return found;
  }

  /** Not of a node that another service has started anew: its new ramdisk may post the very same. */
  async #nodeOf(query: Queries, digest: string): Promise<string | undefined> {
    const rows = query.selectFrom('unanswered_callbacks').select(['node_uuid', 'started_at']);
    const row = await rows.where('digest', '=', digest).executeTakeFirst();
    if (row === undefined || !isOf(row.started_at, await startOf(query, row.node_uuid))) return undefined;
    return row.node_uuid;
  }
}
