import { EventEmitter } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { ServiceConsole } from '../src/commands/service-console.ts';

/** What a command works with in a test, and what it did with it. */
export interface MadeUpConsole extends ServiceConsole {
  readonly signals: EventEmitter;
  /** All that was written to each of the two. */
  readonly said: { out: string; err: string };
  /** Exit codes that the process was to end with. */
  readonly left: number[];
}

/** Surroundings with an empty environment in this folder, which is the home directory too. */
export function madeUpConsole(folder: string, changes: Partial<ServiceConsole> = {}): MadeUpConsole {
  const said = { out: '', err: '' };
  const left: number[] = [];
  return {
    environment: {},
    home: folder,
    workingDirectory: folder,
    hostname: 'here',
    isAtTerminal: false,
    // Nothing of the machine that the test runs on, such as /etc/ironic-inspector.
    exists: (path) => path.startsWith(folder) && existsSync(path),
    listDirectory: (path) => readdirSync(path),
    readFile: (path) => readFileSync(path),
    write: (text) => void (said.out += text),
    tell: (text) => void (said.err += text),
    leave: (exitCode) => void left.push(exitCode),
    ...changes,
    signals: new EventEmitter(),
    said,
    left,
  };
}
