import { DatabaseUnavailable } from '../../errors/database-unavailable.ts';
import { reasonOf } from './fault.ts';

/** How often something runs that is undone each time. */
const runs = 3;

/** What was done is not stored, because of what it was to be stored together with. It may do better by itself. */
export class UndoneWithOthers extends DatabaseUnavailable {
  /** `cause`: what befell the others. */
  constructor(cause: unknown) {
    const advice = cause instanceof DatabaseUnavailable ? '' : '. Try again';
    super(`${reasonOf(cause)}${advice}`, { cause });
  }
}

/**
 * Runs a transaction, and again when it was undone with others.
 *
 * @throws what it throws, `UndoneWithOthers` among it when that has happened too often.
 */
export async function repeatUndone<T>(run: () => Promise<T>): Promise<T> {
  for (let again = 1; ; again++) {
    try {
      return await run();
    } catch (error) {
      if (again === runs || !(error instanceof UndoneWithOthers)) throw error;
    }
  }
}
