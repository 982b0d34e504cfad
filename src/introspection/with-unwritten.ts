import type { NodeRecord } from '../nodes/node-record.ts';
import type { Alongside } from '../nodes/node-store.ts';
import type { Introspection } from './introspection.ts';

/**
 * Changes the record of a node together with what the run has not written yet. A change that fails leaves it
 * unwritten.
 *
 * @param change Gets what is to be written in its transaction.
 */
export async function withUnwritten<T>(
  { unwritten, timeline, reached = [] }: Pick<Introspection, 'unwritten' | 'timeline' | 'reached'>,
  change: (alongside: Alongside) => Promise<T>,
): Promise<T> {
  let runs = 0;
  const result = await change(async (transaction, written) => {
    runs += 1;
    const isFirst = runs === 1 && unwritten?.isFirst === true;
    await unwritten?.write(transaction, written, isFirst);
    await timeline.writing(reached)(transaction, written, isFirst);
  });
  unwritten?.clear();
  return result;
}

/** The same where the record stays as it is; stages that were reached go with its next change. */
export async function writeUnwritten(
  on: Pick<Introspection, 'nodes' | 'unwritten' | 'timeline'>,
  record: NodeRecord,
): Promise<void> {
  if (on.unwritten === undefined || on.unwritten.isEmpty) return;
  await withUnwritten({ ...on, reached: [] }, (alongside) => on.nodes.amend(record, alongside));
}
