import type { HardwareChange } from '../history/hardware/hardware-change.ts';
import type { Drift, RunRecord } from '../history/run-record.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { ApiRequest } from './route.ts';
import { timeText } from './status-document.ts';

/** A run of the history, as lists have it. */
export function runDocument(record: RunRecord, request: Pick<ApiRequest, 'link'>): JsonObject {
  const { run, nodeUuid, state, error, drift } = record;
  return {
    run,
    uuid: nodeUuid,
    state,
    started_at: timeText(record.startedAt),
    finished_at: timeText(record.finishedAt),
    error,
    data: { processed: record.processed, unprocessed: record.unprocessed },
    drift: drift === null ? null : { since: drift.since, total: drift.total },
    links: [{ href: request.link(`/v1/introspection/${nodeUuid}/history/${run}`), rel: 'self' }],
  };
}

/** The same with what is not as before. */
export function wholeRunDocument(record: RunRecord, request: Pick<ApiRequest, 'link'>): JsonObject {
  const { drift } = record;
  return { ...runDocument(record, request), drift: drift === null ? null : driftDocument(drift) };
}

function driftDocument({ since, total, changes, notCompared }: Drift): JsonObject {
  return { since, total, changes: changes.map(changeDocument), not_compared: [...notCompared] };
}

/** What became of one component. */
export function changeDocument(change: HardwareChange): JsonObject {
  return { ...change, properties: change.properties.map((property) => ({ ...property })) };
}
