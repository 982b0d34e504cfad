import type { Timestamp } from '../host/clock.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import type { ApiRequest } from './route.ts';

/** How far the introspection of a node is, as clients see it. */
export function statusDocument(record: NodeRecord, request: Pick<ApiRequest, 'link'>): JsonObject {
  return {
    uuid: record.uuid,
    state: record.state,
    finished: record.finishedAt !== null,
    started_at: timeText(record.startedAt),
    finished_at: timeText(record.finishedAt),
    error: record.error,
    links: [{ href: request.link(`/v1/introspection/${record.uuid}`), rel: 'self' }],
  };
}

/**
 * As Python's `isoformat`, which leaves out a fraction of zero. A start that a crash of the original lost is
 * `null` (docs/compatibility.md, status-no-start).
 */
export function timeText(time: Timestamp | null): string | null {
  return time === null ? null : time.replace(/\.0+$/, '');
}
