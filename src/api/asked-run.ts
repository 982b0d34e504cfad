import { InspectorError } from '../errors/inspector-error.ts';
import type { RunRecord } from '../history/run-record.ts';
import { canonicalUuid } from '../host/canonical-uuid.ts';
import { type Timestamp, timestampOf } from '../host/clock.ts';
import type { HistoryReader } from './api-dependencies.ts';
import { badRequest } from './page-query.ts';

/** The word for the latest run, or with `at` the latest that had ended by then. */
export const latest = 'latest';

const form = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?)?$/;

/**
 * A time of a query in ISO 8601, in UTC unless it says another zone; up to the end of its millisecond.
 *
 * @throws InspectorError `invalid`
 */
export function parseTime(name: string, text: string): Timestamp {
  // In a query, a plus that is not encoded arrives as a space.
  const time = text.replace(/ (?=\d\d:\d\d$)/, (space, at: number) => (at > 16 ? '+' : space));
  const zoned = /(?:Z|[+-]\d\d:\d\d)$/.test(time.slice(10)) || !/[T ]/.test(time);
  const milliseconds = form.test(time) ? Date.parse(zoned ? time : `${time}Z`) : Number.NaN;
  if (Number.isFinite(milliseconds)) return `${timestampOf(new Date(milliseconds)).slice(0, -3)}999`;
  throw badRequest(`${name}: expected a time such as 2026-11-22T13:36:35, in UTC`);
}

/**
 * The run that a path names, by its UUID or as `latest`.
 *
 * @param at Of the query: what `latest` is meant at.
 * @throws InspectorError `not-found`, or `invalid` for what names no run.
 */
export async function askedRun(
  history: HistoryReader,
  node: string,
  name: string,
  at: string | null,
): Promise<RunRecord> {
  if (name === latest) {
    const query = at === null ? {} : { at: parseTime('at', at) };
    const run = await history.latestWithData(node, query);
    if (run === undefined) throw noData(node, at === null ? '' : ` by ${query.at ?? ''}`);
    return run;
  }
  if (at !== null) throw badRequest(`at goes with the run "${latest}" only`);
  const run = canonicalUuid(name);
  if (run === undefined) throw badRequest(`expected the UUID of a run or "${latest}", got ${name}`);
  return history.get(node, run);
}

/**
 * The run that a query names: by its UUID, as `latest`, or by a time, for the latest that had ended by then.
 *
 * @throws InspectorError `not-found`, or `invalid` for what names no run.
 */
export async function namedRun(history: HistoryReader, node: string, name: string): Promise<RunRecord> {
  return form.test(name) ? askedRun(history, node, latest, name) : askedRun(history, node, name, null);
}

/** No run in which the ramdisk has called back. */
export function noData(node: string, when = ''): InspectorError {
  return new InspectorError('not-found', `Node ${node} has no run with data in its history${when}`);
}
