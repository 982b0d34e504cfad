import { replacing } from '../database/collision.ts';
import type { Database } from '../database/database.ts';
import { heldNode } from '../database/held-node.ts';
import type { JsonObject } from '../json/json-value.ts';
import { isOf, startOf } from './introspection-start.ts';

/** The account of the last run on a node: the table `introspection_accounts`. */
export class AccountStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Replaces what was recorded for the node. Secrets must be masked already. */
  async save(nodeUuid: string, account: JsonObject): Promise<void> {
    await replacing(this.#database, async (transaction) => {
      await heldNode(transaction, nodeUuid);
      const startedAt = await startOf(transaction, nodeUuid);
      await transaction.deleteFrom('introspection_accounts').where('node_uuid', '=', nodeUuid).execute();
      const row = { node_uuid: nodeUuid, account: JSON.stringify(account), started_at: startedAt };
      await transaction.insertInto('introspection_accounts').values(row).execute();
    });
  }

  /** That of the introspection that the node's row tells of; `undefined` when there is none. */
  async find(nodeUuid: string): Promise<JsonObject | undefined> {
    const recorded = this.#database.query
      .selectFrom('introspection_accounts')
      .select(['account', 'started_at']);
    const row = await recorded.where('node_uuid', '=', nodeUuid).executeTakeFirst();
    if (row === undefined || !isOf(row.started_at, await startOf(this.#database.query, nodeUuid))) {
      return undefined;
    }
    return JSON.parse(row.account) as JsonObject;
  }
}
