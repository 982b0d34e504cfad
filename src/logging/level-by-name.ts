import { levelNumbers } from './log-record.ts';
import type { LogLevel } from './logger.ts';

/** The lowest number of a message's level, for a logger and those below it: `ironic_inspector.hooks`, 10. */
export type NamedLevel = readonly [name: string, number: number];

/**
 * The number of a level by a name of Python's, or a number.
 *
 * @throws Error that names the levels.
 */
export function levelNumber(text: string): number {
  const word = text.trim().toLowerCase();
  if (/^\d+$/.test(word)) return Number(word);
  const other: Readonly<Record<string, number>> = { notset: 0, trace: 5, warn: 30, fatal: 50 };
  const number = Object.hasOwn(levelNumbers, word) ? levelNumbers[word as LogLevel] : other[word];
  if (number !== undefined) return number;
  throw new Error(
    `expected a level, one of DEBUG, INFO, WARNING, ERROR, CRITICAL or a number, got '${text}'`,
  );
}

/** Finds the level of a logger or of the nearest one above it; nothing where the root's counts. */
export function levelsByName(levels: readonly NamedLevel[]): (name: string) => number | undefined {
  const own = new Map(levels.filter(([, number]) => number > 0));
  const found = new Map<string, number | undefined>();
  return (name) => {
    if (own.size === 0) return undefined;
    if (!found.has(name)) found.set(name, nearest(own, name));
    return found.get(name);
  };
}

function nearest(own: ReadonlyMap<string, number>, name: string): number | undefined {
  for (let part = name; part !== ''; part = part.slice(0, Math.max(part.lastIndexOf('.'), 0))) {
    const number = own.get(part);
    if (number !== undefined) return number;
  }
  return undefined;
}
