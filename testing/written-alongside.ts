import type { Database } from '../src/database/database.ts';
import type { NodeRecord } from '../src/nodes/node-record.ts';
import type { Alongside } from '../src/nodes/node-store.ts';
import { nodeRecord } from './node-record-builder.ts';

/** Writes what goes with the record of a node, which stays as it is; of any node, also of one that is not there. */
export async function writtenAlongside(
  database: Database,
  record: Pick<NodeRecord, 'uuid'> & Partial<NodeRecord>,
  write: Alongside,
): Promise<void> {
  await database.transaction((transaction) => write(transaction, nodeRecord({ startedAt: null, ...record })));
}
