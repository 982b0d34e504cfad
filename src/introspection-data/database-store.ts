import type { Database } from '../database/database.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { DataStore } from './data-store.ts';

/** Keeps both documents in the table `introspection_data`: `[processing]store_data = database`. */
export function databaseDataStore(database: Database): DataStore {
  const { query, dialect } = database;
  const stored = (kind: string) => dialect.encodeBoolean(kind === 'processed');
  return {
    name: 'database',
    keeps: true,
    async save(nodeUuid, kind, text) {
      const row = { uuid: nodeUuid, processed: stored(kind), data: text };
      await database.transaction(async (transaction) => {
        await transaction
          .deleteFrom('introspection_data')
          .where('uuid', '=', nodeUuid)
          .where('processed', '=', stored(kind))
          .execute();
        await transaction.insertInto('introspection_data').values(row).execute();
      });
    },
    async get(nodeUuid, kind) {
      const row = await query
        .selectFrom('introspection_data')
        .select('data')
        .where('uuid', '=', nodeUuid)
        .where('processed', '=', stored(kind))
        .executeTakeFirst();
      if (row !== undefined) return row.data ?? 'null';
      const processed = kind === 'processed' ? 'True' : 'False';
      throw new InspectorError(
        'not-found',
        `Introspection data not found for node ${nodeUuid}, processed=${processed}`,
      );
    },
  };
}
