import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds between packets. */
export interface MdnsTiming {
  /** Between two questions whether the name is free, and at most before the first. */
  readonly probe: number;
  /** How long who lost against another newcomer waits before it asks again. */
  readonly deferral: number;
  /** Before the second try to have the name; the next ones wait twice as long each. */
  readonly firstRetry: number;
  /** Between the two announcements; also how long an answer that all have heard is not repeated. */
  readonly announcement: number;
  /** The longest wait before an answer that several hosts may give at once, and the shortest. */
  readonly sharedAnswer: readonly [number, number];
  /** Between the three farewells. */
  readonly farewell: number;
  /** From 0 to below 1. */
  random(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** Those of RFC 6762 (6, 8.1, 8.2, 8.3) and, for `firstRetry` and `farewell`, of the original. */
export const mdnsTiming: MdnsTiming = {
  probe: 250,
  deferral: 1000,
  firstRetry: 100,
  announcement: 1000,
  sharedAnswer: [20, 120],
  farewell: 125,
  random: Math.random,
  sleep: (milliseconds) => sleep(milliseconds),
};
