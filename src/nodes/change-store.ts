import type { Database } from '../database/database.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { Change } from './plan.ts';

/** Which hook or rule set what in the last run on a node: the table `introspection_changes`. */
export class ChangeStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Replaces what was recorded for the node. */
  async save(nodeUuid: string, changes: readonly Change[]): Promise<void> {
    await this.#database.transaction(async (transaction) => {
      await transaction.deleteFrom('introspection_changes').where('node_uuid', '=', nodeUuid).execute();
      const row = { node_uuid: nodeUuid, changes: JSON.stringify(changes) };
      await transaction.insertInto('introspection_changes').values(row).execute();
    });
  }

  /** @throws InspectorError `not-found` when no run has been recorded. */
  async get(nodeUuid: string): Promise<Change[]> {
    const query = this.#database.query.selectFrom('introspection_changes').select('changes');
    const row = await query.where('node_uuid', '=', nodeUuid).executeTakeFirst();
    if (row === undefined) {
      throw new InspectorError('not-found', `No changes are recorded for node ${nodeUuid}`);
    }
    return JSON.parse(row.changes) as Change[];
  }
}
