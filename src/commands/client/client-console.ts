import { writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { type ServiceConsole, thisProcess } from '../service-console.ts';

/** What the client works with besides its arguments; a test brings its own. */
export interface ClientConsole extends ServiceConsole {
  /** Characters in a line of the terminal on standard output; `undefined` where it is none. */
  readonly columns: number | undefined;
  /** The same of standard error, where progress is told. */
  readonly errorColumns: number | undefined;
  /** Milliseconds of a clock that only goes forward. */
  readonly elapsed: () => number;
  readonly now: () => Date;
  /** At least 0 and below 1. */
  readonly random: () => number;
  /** @throws DOMException `AbortError` once the signal is aborted. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly writeFile: (path: string, content: Uint8Array | string) => void;
}

/** This process. */
export function clientProcess(): ClientConsole {
  return {
    ...thisProcess(),
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
    errorColumns: process.stderr.isTTY ? process.stderr.columns : undefined,
    elapsed: () => performance.now(),
    now: () => new Date(),
    random: () => Math.random(),
    wait: async (milliseconds, signal) => {
      await wait(milliseconds, undefined, { signal });
    },
    writeFile: (path, content) => writeFileSync(path, content),
  };
}
