import { EventEmitter } from 'node:events';
import type { DemoConsole } from '../src/commands/demo/demo-console.ts';
import { type Processes, systemProcesses } from '../src/commands/demo/processes.ts';
import { fakeServer } from './fake-server.ts';
import { fakeSurroundings } from './fake-surroundings.ts';
import { fakeSysfs } from './fake-sysfs.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What the demo works with in a test, and what it said. */
export interface MadeUpDemo extends DemoConsole {
  readonly signals: EventEmitter;
  readonly said: { out: string; err: string };
}

/** The demo on a made-up server, in a folder of its own, with the processes of this machine. */
export function madeUpDemo(
  t: Parameters<typeof fakeSysfs>[0],
  changes: Partial<DemoConsole> = {},
): MadeUpDemo {
  const said = { out: '', err: '' };
  const folder = temporaryFolder().path;
  return {
    machine: fakeSurroundings(fakeServer(fakeSysfs(t)), { addresses: { eno1: ['198.51.100.7'] } }),
    processes: systemProcesses(),
    environment: process.env,
    processId: process.pid,
    userId: process.getuid?.(),
    workingDirectory: folder,
    temporaryFolder: folder,
    columns: undefined,
    now: () => performance.now(),
    write: (text) => void (said.out += text),
    tell: (text) => void (said.err += text),
    ...changes,
    signals: new EventEmitter(),
    said,
  };
}

/** Processes by their number and command line; signals end them and are written down. */
export function madeUpProcesses(
  lines: Readonly<Record<number, string>>,
): Processes & { readonly signals: string[] } {
  const running = new Map(Object.entries(lines));
  const signals: string[] = [];
  return {
    signals,
    commandLineOf: (pid) => running.get(String(pid)),
    signal(pid, signal) {
      signals.push(`${signal} ${pid}`);
      running.delete(String(pid));
    },
  };
}
