import type { Database } from '../database/database.ts';
import { statement } from '../database/statement.ts';
import type { IntrospectionChangesTable } from '../database/tables.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { isOf, startIn, startOf } from './introspection-start.ts';
import type { Alongside } from './node-store.ts';
import type { Change } from './plan.ts';

const insert = statement((query, { node_uuid, changes, started_at }: IntrospectionChangesTable) =>
  query.insertInto('introspection_changes').values({ node_uuid, changes, started_at }),
);

/** Which hook or rule set what in the last run on a node: the table `introspection_changes`. */
export class ChangeStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Replaces what was recorded for a node, where its record is written. */
  writing(changes: readonly Change[]): Alongside {
    const text = JSON.stringify(changes);
    return async (transaction, record, isFirst = false) => {
      const { uuid } = record;
      const old = transaction.deleteFrom('introspection_changes').where('node_uuid', '=', uuid);
      if (!isFirst) await old.execute();
      const started_at = startIn(this.#database, record);
      await insert(transaction, { node_uuid: uuid, changes: text, started_at });
    };
  }

  /**
   * Those of the introspection that the node's row tells of; what was recorded before another service has
   * started the node anew is no longer true.
   *
   * @throws InspectorError `not-found` when no run has been recorded.
   */
  async get(nodeUuid: string): Promise<Change[]> {
    const recorded = this.#database.query
      .selectFrom('introspection_changes')
      .select(['changes', 'started_at']);
    const row = await recorded.where('node_uuid', '=', nodeUuid).executeTakeFirst();
    if (row === undefined || !isOf(row.started_at, await startOf(this.#database.query, nodeUuid))) {
      throw new InspectorError('not-found', `No changes are recorded for node ${nodeUuid}`);
    }
    return JSON.parse(row.changes) as Change[];
  }
}
