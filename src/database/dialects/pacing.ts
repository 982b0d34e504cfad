import { setTimeout as timer } from 'node:timers/promises';

/** Time and chance, as far as waiting and trying again need them. */
export interface Pacing {
  /** Milliseconds from any beginning; they only grow. */
  now(): number;
  /** Rejects when the signal is aborted. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** From 0 up to 1, without 1. */
  random(): number;
}

/** Milliseconds without traffic after which the machine asks over TCP whether the server is there; its own is two hours. */
export const firstProbe = 30_000;

/** The machine's own. */
export const systemPacing: Pacing = {
  now: () => performance.now(),
  wait: async (milliseconds, signal) => {
    await timer(milliseconds, undefined, signal === undefined ? {} : { signal });
  },
  random: () => Math.random(),
};
