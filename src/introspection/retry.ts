import { setTimeout as wait } from 'node:timers/promises';
import { messageOf } from '../errors/inspector-error.ts';
import type { Logger } from '../logging/logger.ts';

const attempts = 5;

/**
 * For calls that a bare metal service may refuse for the moment, because the node is locked or its BMC
 * busy: five attempts, as the original makes them. The last failure is thrown.
 */
export async function retried<T>(
  what: string,
  call: () => Promise<T>,
  { interval, log }: { interval: number; log: Logger },
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (attempt === attempts) throw error;
      log.warning(`${what} failed, attempt ${attempt} of ${attempts}: ${messageOf(error)}`);
      await wait(interval);
    }
  }
}
