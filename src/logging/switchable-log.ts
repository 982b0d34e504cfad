import { loggerOver } from './logger.ts';
import type { OpenLogger } from './open-logger.ts';

/** A log that can be configured anew while the service runs: its logger goes on with the new one. */
export interface SwitchableLog extends OpenLogger {
  /** Goes over to another log, and closes the one before. */
  switchTo(next: OpenLogger): Promise<void>;
}

/** A log that begins with `first`. */
export function switchableLog(first: OpenLogger): SwitchableLog {
  let current = first;
  return {
    logger: loggerOver((level, message, fields) => current.logger[level](message, fields)),
    setLevel: (level) => current.setLevel(level),
    reopen: () => current.reopen(),
    close: () => current.close(),
    async switchTo(next) {
      const before = current;
      current = next;
      await before.close();
    },
  };
}
