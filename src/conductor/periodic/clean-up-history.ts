import type { CleanedUp } from '../../history/expired-rows.ts';
import type { Logger } from '../../logging/logger.ts';
import type { PeriodicTask } from './periodic-task.ts';

/** Deletes a part of what the history need not keep any more; what is left over is for the next time. */
export function cleanUpHistory(
  clean: () => Promise<CleanedUp>,
  everySeconds: number,
  log: Logger,
): PeriodicTask {
  return {
    name: 'clean-up-history',
    everySeconds,
    async run() {
      const { runs, documents } = await clean();
      if (runs === 0 && documents === 0) return;
      log.info(`Cleaned up the history: ${runs} run(s) and ${documents} document(s)`);
    },
  };
}
