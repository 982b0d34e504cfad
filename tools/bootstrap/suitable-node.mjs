import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { requiredNode, satisfies } from '../../bin/node-version.js';
import { Hindrance } from './hindrance.mjs';
import { pinnedVersion, root } from './paths.mjs';
import { installRuntime, runtimeOf } from './runtime.mjs';

/**
 * The path of a Node that `engines` allows: the one that runs this, else the pinned devDependency, else the
 * same version installed into .node/.
 */
export async function suitableNode() {
  const range = requiredNode();
  if (satisfies(process.version, range)) return process.execPath;
  const candidates = [join(root, 'node_modules', 'node', 'bin', 'node'), runtimeOf(pinnedVersion())];
  const found = candidates.find((path) => isSuitable(path, range));
  return found ?? installSuitable(range);
}

/**
 * The devDependency `node` fetches its executable in an install script. Where scripts are switched off it is
 * silently missing, and the package that holds the executable itself is taken in its place.
 *
 * @param {string} range
 */
async function installSuitable(range) {
  try {
    return await installRuntime(pinnedVersion());
  } catch (error) {
    if (!(error instanceof Hindrance)) throw error;
    throw new Hindrance(
      `${error.message}\n\nThis project needs Node ${range}; this is Node ${process.version}. ` +
        `Install Node ${pinnedVersion()}, or allow install scripts and run "npm rebuild node".`,
    );
  }
}

/**
 * @param {string} path
 * @param {string} range
 */
function isSuitable(path, range) {
  if (!existsSync(path)) return false;
  const answer = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return answer.status === 0 && satisfies(answer.stdout.trim(), range);
}
