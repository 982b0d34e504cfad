import { tmpdir } from 'node:os';
import { type Surroundings, thisMachine } from '../../agent/machine.ts';
import type { Signals } from '../stop-signals.ts';
import { type Processes, systemProcesses } from './processes.ts';

/** What the demo works with besides its arguments; a test brings its own. */
export interface DemoConsole {
  /** The machine that is inspected. */
  readonly machine: Surroundings;
  readonly processes: Processes;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signals: Signals;
  /** The demo's own process. */
  readonly processId: number;
  /** The user's number; `undefined` on systems that have none. */
  readonly userId: number | undefined;
  /** Where `--directory` is looked for. */
  readonly workingDirectory: string;
  readonly temporaryFolder: string;
  /** Characters in a line of the terminal; `undefined` where the output is no terminal. */
  readonly columns: number | undefined;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  /** Standard output. */
  readonly write: (text: string) => void;
  /** Standard error. */
  readonly tell: (text: string) => void;
}

/** This process, on this machine. */
export function thisConsole(): DemoConsole {
  const { env } = process;
  return {
    machine: thisMachine(),
    processes: systemProcesses(),
    environment: env,
    signals: process,
    processId: process.pid,
    userId: process.getuid?.(),
    // npm goes to the package's folder, and remembers where the user is.
    workingDirectory: (env['npm_lifecycle_event'] === 'demo' ? env['INIT_CWD'] : undefined) ?? process.cwd(),
    temporaryFolder: tmpdir(),
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
    now: () => performance.now(),
    write: (text) => void process.stdout.write(text),
    tell: (text) => void process.stderr.write(text),
  };
}
