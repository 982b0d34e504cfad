import type { Clock } from '../../host/clock.ts';
import type { MigrationContext } from './migration.ts';

/** Milliseconds between two lines about the same step. */
const pause = 3000;

/**
 * Lines such as `Running upgrade a -> b: 120000 of 400000 attributes` every few seconds, so that somebody who
 * waits for a long step sees it move. A short step says nothing.
 */
export function reportedProgress(
  step: string,
  report: (message: string) => void,
  clock: Clock,
): MigrationContext['progress'] {
  let last = clock.now().getTime();
  return (done, total, what) => {
    const now = clock.now().getTime();
    if (now - last < pause) return;
    last = now;
    report(`${step}: ${done} of ${total} ${what}`);
  };
}
