import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { root } from './paths.mjs';

/** @type {readonly NodeJS.Signals[]} */
const passedSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs the command with the given Node first in PATH and passes signals and the exit code on.
 *
 * @param {string} node path of the executable; it stands in for the command `node`
 * @param {string} command
 * @param {readonly string[]} args
 */
export async function run(node, command, args) {
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter);
  const child = spawn(command === 'node' ? node : command, args, {
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  });
  passSignals(child);
  const { code, signal } = await endOf(child);
  process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}

/**
 * Whoever stops this program means the one that it runs.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
export function passSignals(child) {
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => {
    // A terminal sends Ctrl+C to the child as well; twice would mean "stop at once" to a service.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of passedSignals) process.on(signal, pass);
  child.on('close', () => {
    for (const signal of passedSignals) process.off(signal, pass);
  });
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>}
 */
function endOf(child) {
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`${child.spawnfile} cannot be started: ${error.message}`);
      resolve({ code: 127, signal: null });
    });
    child.on('exit', (code, signal) => resolve({ code, signal }));
  });
}
