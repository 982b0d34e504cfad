import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parsePythonIni } from '../../config/python-ini.ts';
import { messageOf } from '../../errors/inspector-error.ts';
import { buildFilter } from './build-filter.ts';
import type { CommandFilter, FilterSurroundings } from './command-filter.ts';

/** What of the system decides which files may be trusted. */
export interface FilterFiles extends FilterSurroundings {
  /** The user that this process runs as; root when it is called through sudo. */
  readonly userId: number;
  readonly warn: (sentence: string) => void;
}

/**
 * The filters of all files in these folders, in the order of the files' names. Folders that do not exist are left
 * out, and so are filters of unknown classes. `privsep-helper` is not allowed by itself
 * (docs/compatibility.md, rootwrap-no-privsep).
 *
 * @throws Error for a file that others may write, or that cannot be read.
 */
export function loadFilters(folders: readonly string[], on: FilterFiles): CommandFilter[] {
  return folders.flatMap((folder) => {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
    requireTrusted(folder, on.userId);
    return readdirSync(folder)
      .filter((name) => !name.startsWith('.'))
      .toSorted()
      .map((name) => join(folder, name))
      .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true)
      .flatMap((path) => filtersOf(path, on));
  });
}

/**
 * Whoever may write the file may run anything as root, so this is checked where the original only asks for it in a
 * comment (docs/compatibility.md, rootwrap-writable-files).
 *
 * @throws Error when somebody besides root and this user may write the file or folder.
 */
export function requireTrusted(path: string, userId: number): void {
  const { uid, mode } = statSync(path);
  if (uid !== 0 && uid !== userId) {
    throw new Error(`${path} belongs to user ${uid}: it must belong to root (chown root ${path})`);
  }
  if ((mode & 0o022) !== 0) {
    throw new Error(`${path} may be written by others: only root may write it (chmod go-w ${path})`);
  }
}

function filtersOf(path: string, on: FilterFiles): CommandFilter[] {
  requireTrusted(path, on.userId);
  try {
    const lines = parsePythonIni(readFileSync(path, 'utf8'), { repeated: true }).get('Filters');
    if (lines === undefined) throw new Error('expected a section [Filters]');
    return [...lines].flatMap(([name, value]) => {
      const filter = buildFilter(name, value, on);
      if (filter === undefined)
        on.warn(`${path}: filter ${name} has an unknown class and is left out: ${value}`);
      return filter ?? [];
    });
  } catch (error) {
    throw new Error(`${path}: ${messageOf(error)}`, { cause: error });
  }
}
