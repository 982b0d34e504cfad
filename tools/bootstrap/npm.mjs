import { spawn } from 'node:child_process';
import { Hindrance } from './hindrance.mjs';

const unreachable =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT)\b/;

/** Errors only: under an older Node, npm would warn of every package's engines. */
const quiet = [
  '--loglevel=error',
  '--no-audit',
  '--no-fund',
  '--no-progress',
  '--fetch-retry-maxtimeout=10000',
];

/**
 * Runs npm with one line of progress. Its output is shown only when it fails.
 *
 * @param {string} doing what is being done, for the progress line
 * @param {readonly string[]} args
 * @param {string} folder
 * @throws {Hindrance} that says what to do
 */
export async function npm(doing, args, folder) {
  const started = Date.now();
  process.stderr.write(`${doing}... `);
  const { code, output } = await outputOf([...args, ...quiet], folder);
  if (code === 0) {
    process.stderr.write(`done in ${Math.round((Date.now() - started) / 1000)} s.\n`);
    return;
  }
  process.stderr.write('failed.\n');
  throw new Hindrance(`${output.trim()}\n\n${adviceFor(output, args)}`);
}

/**
 * @param {string} output of npm
 * @param {readonly string[]} args
 */
export function adviceFor(output, args) {
  const cause = unreachable.exec(output);
  if (cause !== null) {
    return (
      `The npm registry cannot be reached (${cause[0]}). Check the network and the proxy (https_proxy), or name a ` +
      'mirror: npm config set registry https://...'
    );
  }
  return `"npm ${args.join(' ')}" failed; its output is above. Once its cause is gone, repeat the command.`;
}

/**
 * @param {readonly string[]} args
 * @param {string} folder
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function outputOf(args, folder) {
  return new Promise((resolve) => {
    // Under `npm run` npm says where it is; otherwise it is looked for in PATH.
    const itself = process.env['npm_execpath'];
    const child =
      itself !== undefined && itself.endsWith('.js')
        ? spawn(process.execPath, [itself, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
        : spawn('npm', args, {
            cwd: folder,
            stdio: ['ignore', 'pipe', 'pipe'],
            shell: process.platform === 'win32',
          });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: 1, output: `npm cannot be started: ${error.message}` }));
    child.on('close', (code) => resolve({ code, output }));
  });
}
