import type { Database } from '../database/database.ts';
import { statement } from '../database/statement.ts';
import type { IntrospectionAccountsTable } from '../database/tables.ts';
import type { JsonObject } from '../json/json-value.ts';
import { isOf, startIn, startOf } from './introspection-start.ts';
import type { Alongside } from './node-store.ts';

const insert = statement((query, { node_uuid, account, started_at }: IntrospectionAccountsTable) =>
  query.insertInto('introspection_accounts').values({ node_uuid, account, started_at }),
);

/** The account of the last run on a node: the table `introspection_accounts`. */
export class AccountStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Replaces what was recorded for a node, where its record is written. Secrets must be masked already. */
  writing(account: JsonObject): Alongside {
    const text = JSON.stringify(account);
    return async (transaction, record, isFirst = false) => {
      const { uuid } = record;
      const old = transaction.deleteFrom('introspection_accounts').where('node_uuid', '=', uuid);
      if (!isFirst) await old.execute();
      const started_at = startIn(this.#database, record);
      await insert(transaction, { node_uuid: uuid, account: text, started_at });
    };
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
