import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { ServiceClaim } from './service-claim.ts';

/** https://www.sqlite.org/rescode.html#busy; extended codes have it in their lowest byte. */
const busy = 5;

/**
 * The claim on an SQLite file: the system's lock on an empty file beside it, which goes with the process. One in
 * memory belongs to its process anyway.
 */
export function fileLock(location: string): ServiceClaim {
  if (location === 'memory') return { isHeld: async () => true, release: async () => {} };
  const path = `${location}-service`;
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
