import { DatabaseUnavailable } from '../errors/database-unavailable.ts';
import { messageOf } from '../errors/inspector-error.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import type { Introspection } from './introspection.ts';
import { withUnwritten, writeUnwritten } from './with-unwritten.ts';

/**
 * Notes what the processing of a node waits for, so that a time-out can tell, and writes what is not written yet. Where
 * no work has been recorded, the ramdisk's data alone is kept.
 */
export async function leaveForLater(
  on: Pick<Introspection, 'nodes' | 'unwritten' | 'timeline' | 'log'>,
  record: NodeRecord,
  error: unknown,
): Promise<void> {
  const left = `The processing is left to be taken up again: ${messageOf(error)}`;
  if (error instanceof DatabaseUnavailable) return on.log.warning(left);
  const { work } = (await on.nodes.workOf(record.uuid)) ?? {};
  if (work?.kind !== 'process') return writeUnwritten(on, record);
  on.log.warning(left);
  const noted = { ...work.arguments, waits_for: messageOf(error) };
  await withUnwritten({ ...on, reached: [] }, (alongside) => on.nodes.amend(record, alongside, noted));
}
