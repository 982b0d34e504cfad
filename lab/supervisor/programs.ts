import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import type { LabFolder } from '../setup/lab-folder.ts';

/** A program of the lab, for `lab status`. */
export interface ProgramState {
  readonly name: string;
  /** Or how it ended. */
  readonly state: string;
}

/** The programs that a lab has started. They end with the lab's namespaces. */
export interface Programs {
  /** Starts one, whose output goes to its log. */
  start(name: string, words: readonly string[]): void;
  /**
   * Waits until a program that was started does what it is there for.
   *
   * @throws InspectorError `unavailable` with the end of its log when it ends, or does not come to it
   */
  until(name: string, isReady: () => boolean | Promise<boolean>): Promise<void>;
  states(): ProgramState[];
}

/** Milliseconds for a program to come up, on a slow machine. */
const patience = 120_000;

/** No programs yet. */
export function labPrograms(folder: LabFolder): Programs {
  const started = new Map<string, ChildProcess>();
  return {
    start(name, words) {
      const log = openSync(folder.log(name), 'a');
      const [program = '', ...rest] = words;
      const child = spawn(program, rest, { cwd: folder.temporary, stdio: ['ignore', log, log] });
      closeSync(log);
      child.on('error', () => {});
      started.set(name, child);
    },
    async until(name, isReady) {
      const deadline = performance.now() + patience;
      while (!(await isReady())) {
        const state = stateOf(started.get(name));
        if (state !== running || performance.now() > deadline) {
          throw new InspectorError(
            'unavailable',
            `${name} did not come up (${state}):\n${endOf(folder.log(name))}`,
          );
        }
        await pause(30);
      }
    },
    states: () => [...started].map(([name, child]) => ({ name, state: stateOf(child) })),
  };
}

/** Runs a program to its end, with its output in its log. @throws InspectorError `unavailable` with the end of its log */
export async function runLogged(folder: LabFolder, name: string, words: readonly string[]): Promise<void> {
  const log = openSync(folder.log(name), 'a');
  const [program = '', ...rest] = words;
  const child = spawn(program, rest, { cwd: folder.temporary, stdio: ['ignore', log, log] });
  closeSync(log);
  const [code] = await once(child, 'exit');
  if (code === 0) return;
  throw new InspectorError('unavailable', `${name} failed:\n${endOf(folder.log(name))}`);
}

const running = 'running';

function stateOf(child: ChildProcess | undefined): string {
  if (child?.pid === undefined) return 'not started';
  if (child.signalCode !== null) return `ended by ${child.signalCode}`;
  return child.exitCode === null ? running : `ended with code ${child.exitCode}`;
}

/** The last lines of a log. */
export function endOf(log: string): string {
  return existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n').slice(-12).join('\n') : '';
}
