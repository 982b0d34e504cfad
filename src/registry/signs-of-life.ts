import { messageOf } from '../errors/inspector-error.ts';
import type { Logger } from '../logging/logger.ts';

/** Seconds between two signs of life of work on a node. */
export const signOfLifePeriod = 10;

/** What giving signs takes. */
export interface SignsOfLife {
  /** Milliseconds. */
  readonly every: number;
  readonly log: Logger;
}

/**
 * Does work, and gives a sign every so often until it has ended. A sign that cannot be given, because the database
 * is away, is followed by the next one: who looks for signs needs the database as well.
 *
 * @throws What the work throws.
 */
export async function withSignsOfLife(
  sign: () => Promise<void>,
  work: () => Promise<void>,
  { every, log }: SignsOfLife,
): Promise<void> {
  const timer = setInterval(
    () =>
      void sign().catch((error: unknown) => log.debug(`A sign of life was not given: ${messageOf(error)}`)),
    every,
  );
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
}
