import { messageOf } from '../errors/inspector-error.ts';
import type { Drift } from '../history/run-record.ts';
import { epochMilliseconds } from '../host/clock.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import type { Event } from '../nodes/states.ts';
import { documentsLeft } from './documents-left.ts';
import type { Introspection } from './introspection.ts';
import { updatePxeAccess } from './update-pxe-access.ts';
import { withUnwritten } from './with-unwritten.ts';

type Ending = Pick<
  Introspection,
  'nodes' | 'history' | 'documents' | 'timeline' | 'reached' | 'unwritten' | 'pxeFilter' | 'ended' | 'log'
>;

/**
 * The end state with what was reached and not written yet, then PXE access, so that a node that has ended is never let
 * in again.
 */
export async function endIntrospection(
  on: Ending,
  record: NodeRecord,
  event: Event,
  error: string | null = null,
): Promise<NodeRecord> {
  const documents = on.documents ?? (await documentsLeft(on, record.uuid));
  const run = await on.history.ending(record.uuid, documents, on.log);
  const ended = await withUnwritten(on, (alongside) =>
    on.nodes.end(record, event, error, async (transaction, written) => {
      await run.write(transaction, written);
      await alongside(transaction, written);
    }),
  );
  const after = durationOf(ended);
  if (error === null) on.log.info(`Introspection finished successfully${after}`);
  else on.log.error(`Introspection failed${after}: ${error}`);
  if (run.drift !== undefined) on.log.warning(driftLine(run.drift), { drift: run.drift });
  await updatePxeAccess(on, record.uuid);
  await tell(on, record.uuid, error);
  return ended;
}

/** Who is told may be away; the introspection has ended all the same. */
async function tell(
  on: Pick<Introspection, 'ended' | 'log'>,
  uuid: string,
  error: string | null,
): Promise<void> {
  try {
    await on.ended(uuid, error);
  } catch (failure) {
    on.log.warning(`The bare metal service was not told of the end: ${messageOf(failure)}`);
  }
}

/** The most changes that one line of the log names. */
const mostNamed = 10;

function driftLine({ since, total, changes }: Drift): string {
  const named = changes.slice(0, mostNamed).map(({ summary }) => summary);
  const more = total > named.length ? `; and ${total - named.length} more` : '';
  return `The hardware is not as in run ${since}: ${named.join('; ')}${more}`;
}

/** ` after 12.3 s`; nothing where a crash has left no time of the start. */
function durationOf({ startedAt, finishedAt }: NodeRecord): string {
  if (startedAt === null || finishedAt === null) return '';
  return ` after ${((epochMilliseconds(finishedAt) - epochMilliseconds(startedAt)) / 1000).toFixed(1)} s`;
}
