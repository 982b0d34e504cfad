import type { Timestamp } from '../host/clock.ts';

/**
 * How many machines may boot at once, found out by what becomes of them. It begins low and grows with every
 * introspection that ends well, by one for each up to `threshold` and from there by one for a whole round of them.
 * It halves when time-outs rise above what a few broken machines explain. That is how TCP finds out what a network
 * bears (RFC 5681): additive increase, multiplicative decrease.
 */
export interface Pace {
  /** At least 1; its whole part counts. */
  readonly limit: number;
  /** Up to here it grows fast. */
  readonly threshold: number;
  /** Outcomes since the last decrease, old ones counting less. */
  readonly ended: { readonly well: number; readonly timedOut: number };
  /** Time-outs of what was started before say nothing of the pace since. */
  readonly decreased: { readonly at: Timestamp; readonly from: number; readonly share: string } | null;
}

/** What became of introspections since the last look. */
export interface Outcomes {
  readonly well: number;
  /** When those were started that have timed out. */
  readonly timedOut: readonly (Timestamp | null)[];
}

/** A pace without any experience begins with so many. */
const first = 8;

/** More than this share of time-outs is taken for overload; fewer are taken for broken machines. */
const bearableShare = 0.1;

/** One machine alone is no evidence. */
const leastTimeOuts = 2;

/** When more outcomes than this are counted, all count half. */
const memory = 100;

/** The pace before anything is known. */
export function firstPace(bootLimit: number): Pace {
  return {
    limit: Math.min(first, bootLimit),
    threshold: bootLimit,
    ended: { well: 0, timedOut: 0 },
    decreased: null,
  };
}

/** The pace after these outcomes; never above `bootLimit`, which may have changed. */
export function nextPace(pace: Pace, { well, timedOut }: Outcomes, bootLimit: number, now: Timestamp): Pace {
  const since = pace.decreased?.at ?? '';
  const counted = timedOut.filter((started) => started === null || started > since).length;
  const ended = faded({ well: pace.ended.well + well, timedOut: pace.ended.timedOut + counted });
  const isOverload =
    counted > 0 &&
    ended.timedOut >= leastTimeOuts &&
    ended.timedOut / (ended.well + ended.timedOut) > bearableShare;
  const limit = Math.min(pace.limit, bootLimit);
  if (!isOverload) return { ...pace, ended, limit: grown({ ...pace, limit }, well, bootLimit) };
  const lower = Math.max(1, limit / 2);
  const share = `${Math.round(ended.timedOut)} of ${Math.round(ended.well + ended.timedOut)}`;
  return {
    limit: lower,
    threshold: lower,
    ended: { well: 0, timedOut: 0 },
    decreased: { at: now, from: Math.floor(limit), share },
  };
}

function grown({ limit, threshold }: Pace, well: number, bootLimit: number): number {
  const fast = Math.max(0, Math.min(well, threshold - limit));
  const slow = (well - fast) / (limit + fast);
  return Math.min(bootLimit, limit + fast + slow);
}

function faded(ended: Pace['ended']): Pace['ended'] {
  if (ended.well + ended.timedOut <= memory) return ended;
  return { well: ended.well / 2, timedOut: ended.timedOut / 2 };
}

/** The pace in a sentence, for the log and for answers. */
export function explainPace(pace: Pace, bootLimit: number): string {
  const limit = Math.floor(Math.min(pace.limit, bootLimit));
  const head = `${limit} machine(s) may boot at once, of at most ${bootLimit} ([bulk]boot_limit)`;
  if (limit >= bootLimit) return head;
  const { decreased } = pace;
  if (decreased === null) return `${head}: it grows with each introspection that ends well`;
  return `${head}: halved from ${decreased.from} at ${decreased.at} UTC, as ${decreased.share} introspections had timed out; it grows with each that ends well`;
}
