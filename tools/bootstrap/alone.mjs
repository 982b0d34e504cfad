import { linkSync, mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hindrance } from './hindrance.mjs';

const patienceMilliseconds = 15 * 60 * 1000;
const pauseMilliseconds = 200;

/**
 * Does the work while no other bootstrap of this checkout works. Waits for one that does, and takes over from
 * one that died.
 *
 * @param {string} folder where the lock file goes; created when missing
 * @param {() => Promise<void>} work
 */
export async function alone(folder, work) {
  const lock = join(folder, 'bootstrap.lock');
  await acquire(folder, lock);
  try {
    await work();
  } finally {
    remove(lock);
  }
}

/**
 * @param {string} folder
 * @param {string} lock
 */
async function acquire(folder, lock) {
  const mine = join(folder, `bootstrap.${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(mine, String(process.pid));
  } catch (error) {
    throw new Hindrance(
      `Cannot write to ${folder}: ${/** @type {Error} */ (error).message}. ` +
        'The dependencies are installed beside package.json, so this folder must be writable once.',
    );
  }
  try {
    // A link appears whole or not at all: nobody ever sees a lock without its owner's process id.
    for (let told = false; !tryLink(mine, lock); told = true) {
      if (!told) console.error('Waiting for another installation of the dependencies to end...');
      if (isAbandoned(lock)) remove(lock);
      else await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
    }
  } finally {
    remove(mine);
  }
}

/**
 * @param {string} from
 * @param {string} to
 */
function tryLink(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} lock */
function isAbandoned(lock) {
  try {
    if (Date.now() - statSync(lock).mtimeMs > patienceMilliseconds) return true;
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return false;
  } catch (error) {
    // ESRCH: the owner is dead. ENOENT: it has just finished, and the next attempt will tell.
    return codeOf(error) === 'ESRCH';
  }
}

/** @param {string} path */
function remove(path) {
  try {
    unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return /** @type {NodeJS.ErrnoException} */ (error).code;
}
