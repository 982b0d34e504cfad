import { setTimeout as wait } from 'node:timers/promises';
import type { Turns } from '../introspection/introspection.ts';

/** `[DEFAULT]introspection_delay`: power-ons are at least so many milliseconds apart, in order of arrival. */
export function powerOnTurns(milliseconds: number): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    async next() {
      const turn = last;
      last = turn.then(() => wait(milliseconds));
      await turn;
    },
  };
}
