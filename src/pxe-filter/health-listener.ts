import { messageOf } from '../errors/inspector-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { HealthListener } from './filter-account.ts';
import type { PxeFilterHealth } from './filter-health.ts';

/**
 * Writes down the health that it was told last; what comes while it writes, waits, and only the last of it is written.
 * A database that is away holds up nobody: the next word is written again.
 */
export function healthListener(
  save: (health: PxeFilterHealth) => Promise<void>,
  log: Logger,
): HealthListener {
  let waiting: PxeFilterHealth | undefined;
  let writing: Promise<void> | undefined;
  const write = async () => {
    while (waiting !== undefined) {
      const health = waiting;
      waiting = undefined;
      try {
        await save(health);
      } catch (error) {
        log.warning(`The state of the PXE filter could not be written down: ${messageOf(error)}`);
      }
    }
  };
  return {
    tell(health) {
      waiting = health;
      writing ??= write().finally(() => {
        writing = undefined;
      });
    },
    settled: async () => writing,
  };
}
