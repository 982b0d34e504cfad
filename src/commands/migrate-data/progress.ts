import { doneOf, type Tally } from './tally.ts';

/** What progress is told by. */
export interface ProgressSurroundings {
  /** Milliseconds; only differences count. */
  readonly now: () => number;
  readonly tell: (text: string) => void;
}

/** Milliseconds between two lines. */
const every = 5000;

/**
 * Called after each record, it tells now and then how far things are:
 * `1200 of 200000 records, 3 failed, 240 a second, about 14 min left`.
 *
 * @param total Records that there were at the beginning.
 */
export function progressTeller(total: number, { now, tell }: ProgressSurroundings): (tally: Tally) => void {
  const began = now();
  let told = began;
  return (tally) => {
    const time = now();
    if (time - told < every) return;
    told = time;
    tell(`${progressLine(tally, total, (time - began) / 1000)}\n`);
  };
}

/** @param seconds since the beginning, more than none */
export function progressLine(tally: Tally, total: number, seconds: number): string {
  const done = doneOf(tally);
  const rate = done / seconds;
  const left = Math.max(0, total - done);
  const parts = [
    `${done} of ${total} records`,
    `${tally.failed.length} failed`,
    `${shownRate(rate)} a second`,
  ];
  return [...parts, ...(rate > 0 ? [`about ${shownTime(left / rate)} left`] : [])].join(', ');
}

function shownRate(rate: number): string {
  return rate < 10 ? rate.toFixed(1) : String(Math.round(rate));
}

function shownTime(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
