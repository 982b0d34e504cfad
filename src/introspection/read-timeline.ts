import type { JsonObject } from '../json/json-value.ts';
import type { AccountStore } from '../nodes/account-store.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import type { TimelineStore } from '../nodes/timeline-store.ts';
import { timelineOf } from './timeline.ts';

/** What a timeline is read from. */
export interface TimelineReading {
  readonly nodes: { get(uuid: string): Promise<NodeRecord> };
  readonly timeline: Pick<TimelineStore, 'of'>;
  readonly accounts: Pick<AccountStore, 'find'>;
}

/**
 * The timeline of the node's last introspection.
 *
 * @throws InspectorError `not-found` for a node that was never introspected.
 */
export async function readTimeline(on: TimelineReading, uuid: string): Promise<JsonObject> {
  const record = await on.nodes.get(uuid);
  const [stages, account] = [await on.timeline.of(uuid), await on.accounts.find(uuid)];
  return timelineOf({ record, stages, account });
}
