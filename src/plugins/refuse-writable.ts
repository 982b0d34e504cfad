import { realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { InspectorError } from '../errors/inspector-error.ts';

const writableByOthers = 0o022;
const sticky = 0o1000;

/**
 * Whoever may write a plug-in's file, or put another one in its place, has the rights of the service. So the
 * file, what it is a link to, and all folders above both belong to root or the service, and nobody else may write them.
 *
 * @param userId The service's; `undefined` where the system has none, and nothing is checked.
 * @throws InspectorError `invalid` with the remedy.
 */
export function refuseWritable(path: string, userId: number | undefined): void {
  if (userId === undefined) return;
  for (const one of new Set([...withParents(resolve(path)), ...withParents(realpathSync(path))])) {
    const { uid, mode } = statSync(one);
    if (uid !== 0 && uid !== userId) {
      throw new InspectorError(
        'invalid',
        `${one} belongs to the user ${uid}, who could change what the service runs: chown it to root or to the service's user`,
      );
    }
    // In a folder such as /tmp nobody can replace what belongs to another.
    const isSticky = one !== path && (mode & sticky) !== 0;
    if ((mode & writableByOthers) !== 0 && !isSticky) {
      throw new InspectorError(
        'invalid',
        `${one} may be written by others (mode ${(mode & 0o7777).toString(8)}), who could change what the service runs: chmod go-w`,
      );
    }
  }
}

function withParents(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [...withParents(parent), path];
}
