import { replacing } from '../database/collision.ts';
import type { Database } from '../database/database.ts';
import { heldNode } from '../database/held-node.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { DataKind, DataStore } from './data-store.ts';
import { textDigest } from './text-digest.ts';

/** Keeps both documents in the table `introspection_data`: `[processing]store_data = database`. */
export function databaseDataStore(database: Database): DataStore {
  const { query, dialect } = database;
  const stored = (kind: string) => dialect.encodeBoolean(kind === 'processed');
  const read = async (nodeUuid: string, kind: DataKind): Promise<string | undefined> => {
    const row = await query
      .selectFrom('introspection_data')
      .select('data')
      .where('uuid', '=', nodeUuid)
      .where('processed', '=', stored(kind))
      .executeTakeFirst();
    return row === undefined ? undefined : (row.data ?? 'null');
  };
  return {
    name: 'database',
    keeps: true,
    async save(nodeUuid, kind, text) {
      const row = { uuid: nodeUuid, processed: stored(kind), data: text };
      await replacing(database, async (transaction) => {
        await heldNode(transaction, nodeUuid);
        await transaction
          .deleteFrom('introspection_data')
          .where('uuid', '=', nodeUuid)
          .where('processed', '=', stored(kind))
          .execute();
        await transaction.insertInto('introspection_data').values(row).execute();
      });
    },
    async get(nodeUuid, kind) {
      const text = await read(nodeUuid, kind);
      if (text !== undefined) return text;
      const processed = kind === 'processed' ? 'True' : 'False';
      throw new InspectorError(
        'not-found',
        `Introspection data not found for node ${nodeUuid}, processed=${processed}`,
      );
    },
    async digest(nodeUuid, kind) {
      const text = await read(nodeUuid, kind);
      return text === undefined ? undefined : textDigest(text);
    },
  };
}
