import type { DemoConsole } from './demo-console.ts';

/** Tells what is being done, in a line with the time since the demo's start. */
export interface Progress {
  readonly tell: (line: string) => void;
  /** Does something that may take long, and then tells every few seconds that it is still going on. */
  readonly during: <T>(what: string, work: () => Promise<T>) => Promise<T>;
}

/** Milliseconds between two lines about the same thing. */
const patience = 3000;

/** Progress on standard output, timed from now on. */
export function startProgress(on: Pick<DemoConsole, 'now' | 'write'>, every = patience): Progress {
  const began = on.now();
  const tell = (line: string) =>
    on.write(`${((on.now() - began) / 1000).toFixed(1).padStart(5)} s  ${line}\n`);
  return {
    tell,
    async during(what, work) {
      const timer = setInterval(() => tell(`  still ${what}`), every);
      try {
        return await work();
      } finally {
        clearInterval(timer);
      }
    },
  };
}
