/**
 * What every command of this package starts with: is this Node new enough, and are the commands to be had as
 * sources (a checkout) or compiled (an installed package)? Plain JavaScript, as Node does not run TypeScript
 * inside node_modules.
 */
import { existsSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeComplaint } from './node-version.js';

/**
 * Runs `main` of `src/commands/<name>.ts` or of its compiled form, and leaves its result as the exit code.
 *
 * @param {string} name the command and its module's name
 * @param {string[]} args
 */
export async function launch(name, args = process.argv.slice(2)) {
  const complaint = nodeComplaint(name, process.version);
  if (complaint !== undefined) {
    console.error(complaint);
    process.exitCode = 1;
    return;
  }
  silenceExpectedWarnings();
  tolerateClosedPipes();
  const command = await commandModule(name);
  process.exitCode = command === undefined ? 1 : await command.main(args);
}

/**
 * The command's module, or `undefined` after telling that `npm ci` has not been run in this checkout.
 *
 * @param {string} name
 * @returns {Promise<{ main(args: string[]): Promise<number> } | undefined>}
 */
async function commandModule(name) {
  const source = new URL(`../src/commands/${name}.ts`, import.meta.url);
  const compiled = new URL(`../dist/commands/${name}.js`, import.meta.url);
  const inCheckout = existsSync(new URL('../src', import.meta.url));
  keepCompiled(inCheckout);
  try {
    return await import((inCheckout ? source : compiled).href);
  } catch (error) {
    if (!inCheckout || !isMissingDependency(error)) throw error;
    console.error(`${name}: ${error.message}. Run "npm ci" in the checkout first.`);
    return undefined;
  }
}

/**
 * Keeps what V8 compiled, which takes a third off the start of a command in a checkout, and 50 ms off an installed
 * service's. That is code that the next start runs, so it lies in the checkout, or in the folder that systemd made for
 * this service alone (`CacheDirectory=`), and nowhere else. Where the folder cannot be written, all is as without it.
 * A default import, as Node 20 has no such function and is to get its sentence.
 *
 * @param {boolean} inCheckout
 */
function keepCompiled(inCheckout) {
  const ownFolder = process.env.CACHE_DIRECTORY?.split(':', 1)[0];
  if (inCheckout) {
    module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)));
  } else if (ownFolder) {
    module.enableCompileCache(join(ownFolder, 'compiled'));
  }
}

/**
 * @param {unknown} error
 * @returns {error is Error}
 */
function isMissingDependency(error) {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === 'ERR_MODULE_NOT_FOUND' &&
    error.message.startsWith("Cannot find package '")
  );
}

/** Node 22 and 24 call node:sqlite and type stripping experimental; an operator can do nothing about either. */
function silenceExpectedWarnings() {
  const emitWarning = /** @type {(...args: unknown[]) => void} */ (process.emitWarning.bind(process));
  process.emitWarning = (/** @type {unknown[]} */ ...args) => {
    const [warning, kind] = args;
    const isExperimental = kind === 'ExperimentalWarning';
    if (isExperimental && /^(SQLite|Type Stripping) is an experimental/i.test(String(warning))) return;
    emitWarning(...args);
  };
}

/** A reader that leaves early, as `head` does, is no fault of the command. */
function tolerateClosedPipes() {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}
