import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Node versions installed beside the dependencies, and the lock file of the bootstrap. Ignored by git. */
export const runtimes = join(root, '.node');

/** The Node that this project is developed with: the version of the devDependency `node`. */
export function pinnedVersion() {
  const manifest = createRequire(import.meta.url)('../../package.json');
  return /** @type {string} */ (manifest.devDependencies.node);
}
