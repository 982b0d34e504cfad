import { setTimeout as wait } from 'node:timers/promises';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { Logger } from '../logging/logger.ts';

const attempts = 5;

/** Milliseconds. What has failed for so long has been tried again by the client of the bare metal service already. */
const patience = 30_000;

/** How a call is repeated. */
export interface RetrySettings {
  /** Milliseconds between two attempts. */
  readonly interval: number;
  readonly log: Logger;
  /** Which failures may pass by themselves; all of them where it is left out. */
  readonly passes?: (error: unknown) => boolean;
}

/**
 * For calls that a bare metal service may refuse for the moment, because the node is locked or its BMC
 * busy: five attempts, as the original makes them, and none when those before took long. The last failure is thrown.
 */
export async function retried<T>(
  what: string,
  call: () => Promise<T>,
  { interval, log, passes = () => true }: RetrySettings,
): Promise<T> {
  const begun = performance.now();
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      const isLast = attempt === attempts || performance.now() - begun > patience;
      if (isLast || !passes(error)) throw error;
      log.warning(`${what} failed, attempt ${attempt} of ${attempts}: ${messageOf(error)}`);
      await wait(interval);
    }
  }
}

/** The node is locked, or the bare metal service is away for the moment. */
export function isBusy(error: unknown): boolean {
  return error instanceof InspectorError && (error.kind === 'conflict' || error.kind === 'unavailable');
}
