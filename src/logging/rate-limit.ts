import { levelNumbers } from './log-record.ts';
import type { LogLevel } from './logger.ts';

/** How many messages may come in which time. */
export interface RateLimitSettings {
  /** Seconds. */
  readonly interval: number;
  readonly burst: number;
  /** Messages of this level and above always pass; nothing: none does. */
  readonly except: LogLevel | undefined;
}

/** What becomes of a message: the first one that is dropped is announced, as the original does. */
export type Passage = 'pass' | 'announce' | 'drop';

/** A gate for messages; time is in milliseconds of a clock that never goes back. */
export function rateLimit(
  { interval, burst, except }: RateLimitSettings,
  now: () => number,
): (level: LogLevel) => Passage {
  const exempt = except === undefined ? Number.POSITIVE_INFINITY : levelNumbers[except];
  let count = 0;
  let end = now() + interval * 1000;
  return (level) => {
    if (levelNumbers[level] >= exempt) return 'pass';
    if (now() >= end) {
      end = now() + interval * 1000;
      count = 0;
    }
    count += 1;
    if (count <= burst) return 'pass';
    return count === burst + 1 ? 'announce' : 'drop';
  };
}
