import { isObject, type JsonObject } from '../../../json/json-value.ts';

/** How many nodes are in a state. */
export function countOf(run: JsonObject, state: string): number {
  const count = isObject(run.counts) ? run.counts[state] : undefined;
  return typeof count === 'number' ? count : 0;
}

/** How many nodes are done with, in whatever way. */
export function doneOf(run: JsonObject): number {
  return ['finished', 'failed', 'skipped', 'cancelled'].reduce((sum, state) => sum + countOf(run, state), 0);
}

/** What was done when. */
export interface Mark {
  readonly done: number;
  /** Milliseconds. */
  readonly at: number;
}

/**
 * How far a run is, in a line: counts, how fast it goes, and how long the rest takes at that pace.
 *
 * @param since what the pace is reckoned from
 */
export function progressLine(run: JsonObject, since: Mark, now: number): string {
  const done = doneOf(run);
  const total = typeof run.total === 'number' ? run.total : 0;
  const parts = ['failed', 'skipped', 'cancelled'].flatMap((state) => {
    const count = countOf(run, state);
    return count > 0 ? [`${count} ${state}`] : [];
  });
  const troubles = parts.length === 0 ? '' : ` (${parts.join(', ')})`;
  const head = `${done} of ${total} done${troubles}, ${countOf(run, 'started')} under way`;
  const minutes = (now - since.at) / 60_000;
  const rate = minutes > 0 ? (done - since.done) / minutes : 0;
  if (rate <= 0) return head;
  return `${head}, ${rate.toFixed(1)} a minute, about ${rest((total - done) / rate)} left`;
}

function rest(minutes: number): string {
  if (minutes < 1) return `${Math.ceil(minutes * 60)} s`;
  if (minutes < 60) return `${Math.ceil(minutes)} min`;
  return `${Math.floor(minutes / 60)} h ${Math.ceil(minutes % 60)} min`;
}
