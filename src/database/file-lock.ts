import { existsSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { ServiceClaim } from './service-claim.ts';

/** https://www.sqlite.org/rescode.html#busy; extended codes have it in their lowest byte. */
const busy = 5;

/**
 * The claim on an SQLite file: the system's lock on an empty file beside it, which goes with the process. One in
 * memory belongs to its process anyway.
 */
export function fileLock(location: string): ServiceClaim {
  if (location === inMemory) return { isHeld: async () => true, release: async () => {} };
  const path = pathFor(location);
  let held: DatabaseSync | undefined;
  return {
    async isHeld() {
      held ??= lockedFile(path);
      return held !== undefined;
    },
    async release() {
      if (held === undefined) return;
      rmSync(path, { force: true });
      held.close();
      held = undefined;
    },
  };
}

/** Whether a process has the claim on an SQLite file. */
export function isFileLocked(location: string): boolean {
  if (location === inMemory || !existsSync(pathFor(location))) return false;
  const file = lockedFile(pathFor(location));
  // It stays: whoever comes to it in this moment locks the same one.
  file?.close();
  return file === undefined;
}

/** What `Database.location` says of a database without a file. */
const inMemory = 'memory';

function pathFor(location: string): string {
  return `${location}-service`;
}

/** `undefined` when another process has it. */
function lockedFile(path: string): DatabaseSync | undefined {
  const file = new DatabaseSync(path);
  try {
    file.exec('BEGIN EXCLUSIVE');
    return file;
  } catch (error) {
    file.close();
    if (error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === busy) {
      return undefined;
    }
    throw error;
  }
}
