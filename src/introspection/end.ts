import { messageOf } from '../errors/inspector-error.ts';
import { epochMilliseconds } from '../host/clock.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import type { Event } from '../nodes/states.ts';
import type { Introspection } from './introspection.ts';
import { updatePxeAccess } from './update-pxe-access.ts';

/** The end state, then PXE access, so that a node that has ended is never let in again. */
export async function endIntrospection(
  on: Pick<Introspection, 'nodes' | 'pxeFilter' | 'ended' | 'log'>,
  record: NodeRecord,
  event: Event,
  error: string | null = null,
): Promise<NodeRecord> {
  const ended = await on.nodes.end(record, event, error);
  const after = durationOf(ended);
  if (error === null) on.log.info(`Introspection finished successfully${after}`);
  else on.log.error(`Introspection failed${after}: ${error}`);
  await updatePxeAccess(on);
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

/** ` after 12.3 s`; nothing where a crash has left no time of the start. */
function durationOf({ startedAt, finishedAt }: NodeRecord): string {
  if (startedAt === null || finishedAt === null) return '';
  return ` after ${((epochMilliseconds(finishedAt) - epochMilliseconds(startedAt)) / 1000).toFixed(1)} s`;
}
