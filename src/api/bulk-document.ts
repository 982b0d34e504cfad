import type { BulkMember, BulkRun } from '../bulk/bulk-run.ts';
import type { ShownPace } from '../bulk/bulk-runs.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { ApiRequest } from './route.ts';
import { timeText } from './status-document.ts';

/** A bulk run as lists have it. */
export function bulkRunDocument(run: BulkRun, request: Pick<ApiRequest, 'link'>): JsonObject {
  return {
    run: run.run,
    state: run.state,
    created_at: timeText(run.createdAt),
    finished_at: timeText(run.finishedAt),
    total: run.total,
    counts: { ...run.counts },
    selection: run.selection,
    links: [{ href: request.link(`/v1/introspection-runs/${run.run}`), rel: 'self' }],
  };
}

/** The same with how many machines may boot at once. */
export function wholeBulkRunDocument(
  run: BulkRun,
  pace: ShownPace,
  request: Pick<ApiRequest, 'link'>,
): JsonObject {
  const { limit, bootLimit, explanation } = pace;
  return { ...bulkRunDocument(run, request), pace: { limit, boot_limit: bootLimit, explanation } };
}

/** A node of a run. */
export function bulkMemberDocument(member: BulkMember): JsonObject {
  return {
    node: member.node,
    name: member.name,
    state: member.state,
    started_at: timeText(member.startedAt),
    finished_at: timeText(member.finishedAt),
    reason: member.reason,
  };
}
