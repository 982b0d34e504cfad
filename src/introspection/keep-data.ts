import type { DataKind } from '../introspection-data/data-store.ts';
import type { Observed } from './observed.ts';

/**
 * Keeps a document of a run: in the database with the next change of the node's record, elsewhere at once.
 *
 * @throws whatever a store elsewhere throws.
 */
export async function keepData(
  { data, unwritten }: Pick<Observed, 'data' | 'unwritten'>,
  nodeUuid: string,
  kind: DataKind,
  text: string,
): Promise<void> {
  const { saveWithin } = data;
  if (saveWithin === undefined) return data.save(nodeUuid, kind, text);
  unwritten.add(`${kind} data`, (transaction, record, isFirst = false) =>
    saveWithin(transaction, { nodeUuid: record.uuid, kind, text, isFirst }),
  );
}
