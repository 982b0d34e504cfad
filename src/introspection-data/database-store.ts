import { replacing } from '../database/collision.ts';
import type { Database, Queries } from '../database/database.ts';
import { heldNode } from '../database/held-node.ts';
import { statement } from '../database/statement.ts';
import type { IntrospectionDataTable } from '../database/tables.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { DataKind, DataStore, SavedData } from './data-store.ts';
import { textDigest } from './text-digest.ts';

const insert = statement((query, { uuid, processed, data }: IntrospectionDataTable) =>
  query.insertInto('introspection_data').values({ uuid, processed, data }),
);

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
  const saveWithin = async (
    transaction: Queries,
    { nodeUuid: uuid, kind, text: data, isFirst }: SavedData & { readonly isFirst: boolean },
  ) => {
    const processed = stored(kind);
    const old = transaction.deleteFrom('introspection_data').where('uuid', '=', uuid);
    if (!isFirst) await old.where('processed', '=', processed).execute();
    await insert(transaction, { uuid, processed, data });
  };
  return {
    name: 'database',
    keeps: true,
    saveWithin,
    async save(nodeUuid, kind, text) {
      await replacing(database, async (transaction) => {
        await heldNode(transaction, nodeUuid);
        await saveWithin(transaction, { nodeUuid, kind, text, isFirst: false });
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
