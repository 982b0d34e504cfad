import type { BulkRuns } from '../bulk/bulk-runs.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { canonicalUuid } from '../host/canonical-uuid.ts';

/**
 * The UUID of the run in a path: a UUID in any spelling, or `latest`.
 *
 * @throws InspectorError `not-found`
 */
export async function bulkRunUuid(text: string, runs: Pick<BulkRuns, 'list'>): Promise<string> {
  const uuid = text === 'latest' ? (await runs.list({ limit: 1 }))[0]?.run : canonicalUuid(text);
  if (uuid !== undefined) return uuid;
  throw new InspectorError('not-found', `Bulk run ${text.slice(0, 100)} was not found`);
}
