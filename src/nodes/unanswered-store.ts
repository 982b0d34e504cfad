import { createHash } from 'node:crypto';
import type { Database } from '../database/database.ts';

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
    await this.#database.transaction(async (transaction) => {
      await transaction.deleteFrom('unanswered_callbacks').where('node_uuid', '=', nodeUuid).execute();
      const row = { digest, node_uuid: nodeUuid };
      await transaction.insertInto('unanswered_callbacks').values(row).execute();
    });
  }

  /** The node that this very document was processed for; once. */
  async take(digest: string): Promise<string | undefined> {
    const query = this.#database.query.selectFrom('unanswered_callbacks').select('node_uuid');
    const row = await query.where('digest', '=', digest).executeTakeFirst();
    if (row === undefined) return undefined;
    await this.#database.query
      .deleteFrom('unanswered_callbacks')
      .where('node_uuid', '=', row.node_uuid)
      .execute();
    return row.node_uuid;
  }
}

/** What a document is known by: SHA-256 of its unprocessed text. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
