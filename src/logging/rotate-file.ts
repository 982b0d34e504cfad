import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { formatDate } from './format-date.ts';

/** When a log file is set aside, and how many of the old ones are kept. */
export type Rotation =
  | { readonly kind: 'size'; readonly bytes: number; readonly keep: number }
  | { readonly kind: 'interval'; readonly unit: RotationUnit; readonly every: number; readonly keep: number };

/** `weekday`: at midnight at the end of day `every`, 0 being Monday. `midnight`: each day, whatever `every` says. */
export type RotationUnit = 'seconds' | 'minutes' | 'hours' | 'days' | 'weekday' | 'midnight';

/** Decides when a file is due, and sets it aside. */
export interface Rotator {
  /** Whether the file is to be set aside before so many bytes are written to it. */
  isDue(now: Date, bytes: number): boolean;
  /**
   * Renames the file, and drops old ones beyond the number that is kept.
   * @throws Error of the system
   */
  rotate(now: Date): void;
}

/**
 * A file's rotation, with the names of Python's handlers: `x.log.1` is the newest by size, by interval it is
 * `x.log.2026-11-22` with the time that its lines begin at. Intervals count from the file's last change.
 */
export function rotatorOf(path: string, rotation: Rotation, now: Date): Rotator {
  return rotation.kind === 'size' ? bySize(path, rotation) : byInterval(path, rotation, now);
}

function bySize(path: string, { bytes: most, keep }: Extract<Rotation, { kind: 'size' }>): Rotator {
  return {
    isDue: (_now, bytes) => most > 0 && keep > 0 && (regularFile(path)?.size ?? 0) + bytes > most,
    rotate() {
      for (let number = keep - 1; number > 0; number -= 1)
        rename(`${path}.${number}`, `${path}.${number + 1}`);
      rename(path, `${path}.1`);
    },
  };
}

const seconds = { seconds: 1, minutes: 60, hours: 3600, days: 86_400, weekday: 604_800, midnight: 86_400 };

const suffixes = {
  seconds: '%Y-%m-%d_%H-%M-%S',
  minutes: '%Y-%m-%d_%H-%M',
  hours: '%Y-%m-%d_%H',
  days: '%Y-%m-%d',
  weekday: '%Y-%m-%d',
  midnight: '%Y-%m-%d',
};

function byInterval(path: string, rotation: Extract<Rotation, { kind: 'interval' }>, start: Date): Rotator {
  const { unit, every, keep } = rotation;
  const length = seconds[unit] * 1000 * (isByDay(unit) ? 1 : Math.max(every, 1));
  let due = nextDate(regularFile(path)?.mtime ?? start, rotation, length);
  return {
    isDue: (now) => now >= due,
    rotate(now) {
      const began = formatDate(new Date(due.getTime() - length), suffixes[unit], 'local');
      while (due <= now) due = nextDate(due, rotation, length);
      if (regularFile(path) === undefined) return;
      rename(path, `${path}.${began}`);
      if (keep > 0) dropOldest(path, keep);
    },
  };
}

function isByDay(unit: RotationUnit): boolean {
  return unit === 'midnight' || unit === 'weekday';
}

function nextDate(from: Date, { unit, every }: { unit: RotationUnit; every: number }, length: number): Date {
  if (!isByDay(unit)) return new Date(from.getTime() + length);
  // By the calendar, as a day may have 23 or 25 hours.
  const monday = (from.getDay() + 6) % 7;
  const days = unit === 'midnight' ? 1 : ((((every - monday) % 7) + 7) % 7) + 1;
  return new Date(from.getFullYear(), from.getMonth(), from.getDate() + days);
}

function dropOldest(path: string, keep: number): void {
  const start = `${basename(path)}.`;
  const old = readdirSync(dirname(path)).filter(
    (name) =>
      name.startsWith(start) &&
      /^\d{4}-\d\d-\d\d(?:_\d\d){0,1}(?:-\d\d){0,2}$/.test(name.slice(start.length)),
  );
  for (const name of old.toSorted().slice(0, -keep)) rmSync(join(dirname(path), name), { force: true });
}

function rename(from: string, to: string): void {
  if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, to);
}

/** Nothing for a device or a pipe, which cannot be set aside. */
function regularFile(path: string) {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() === true ? found : undefined;
}
