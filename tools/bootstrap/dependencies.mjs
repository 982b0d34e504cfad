import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alone } from './alone.mjs';
import { npm } from './npm.mjs';
import { root } from './paths.mjs';

/**
 * Runs `npm ci` when node_modules is missing or differs from package-lock.json. An installation made by
 * hand is kept as long as it holds what the lock file asks for.
 *
 * @param {string} folder where package.json is
 * @param {(folder: string) => Promise<void>} install replaced in tests
 */
export async function ensureDependencies(folder = root, install = installDependencies) {
  if (!existsSync(join(folder, 'package-lock.json')) || isCurrent(folder)) return;
  await alone(join(folder, '.node'), async () => {
    if (isCurrent(folder)) return;
    await install(folder);
    writeFileSync(stampOf(folder), `${lockHash(folder)}\n`);
  });
}

/** @param {string} folder */
async function installDependencies(folder) {
  await npm('Installing the dependencies (npm ci)', ['ci'], folder);
}

/** @param {string} folder */
function isCurrent(folder) {
  if (!existsSync(join(folder, 'node_modules'))) return false;
  const hash = lockHash(folder);
  if (textOf(stampOf(folder)).trim() === hash) return true;
  if (!isInstalled(folder)) return false;
  try {
    writeFileSync(stampOf(folder), `${hash}\n`);
  } catch {
    // The stamp only saves the comparison; a read-only installation serves as well.
  }
  return true;
}

/**
 * Whether npm's own record of node_modules has each package of the lock file in the wanted version.
 * Optional packages may be missing, as most of them are for other platforms.
 *
 * @param {string} folder
 */
function isInstalled(folder) {
  const recorded = textOf(join(folder, 'node_modules', '.package-lock.json'));
  if (recorded === '') return false;
  const installed = JSON.parse(recorded).packages;
  const wanted = JSON.parse(textOf(join(folder, 'package-lock.json'))).packages;
  return Object.keys(wanted).every((path) => {
    const mayBeMissing = wanted[path].optional || wanted[path].devOptional;
    if (path === '' || (mayBeMissing && installed[path] === undefined)) return true;
    return (
      installed[path] !== undefined &&
      installed[path].version === wanted[path].version &&
      existsSync(join(folder, path))
    );
  });
}

/** @param {string} folder */
function stampOf(folder) {
  return join(folder, 'node_modules', '.ironic-inspector-lock');
}

/** @param {string} folder */
function lockHash(folder) {
  return createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
}

/** @param {string} path */
function textOf(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
