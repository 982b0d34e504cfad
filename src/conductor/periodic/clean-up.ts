import { messageOf } from '../../errors/inspector-error.ts';
import type { Introspection } from '../../introspection/introspection.ts';
import { timeOut } from '../../introspection/time-out.ts';
import type { PeriodicTask } from './periodic-task.ts';

/**
 * Ends what has run for too long. It looks at all rows, so it also finds what a crash left behind.
 *
 * @param followBoots Done before, so that a time-out tells how far the machine came by the latest word of it.
 */
export function cleanUp(
  on: Introspection,
  everySeconds: number,
  followBoots: Pick<PeriodicTask, 'run'>,
): PeriodicTask {
  return {
    name: 'clean-up',
    everySeconds,
    async run() {
      try {
        await followBoots.run();
      } catch (error) {
        on.log.warning(`Time-outs are told by what is known of boots so far: ${messageOf(error)}`);
      }
      await timeOut(on);
    },
  };
}
