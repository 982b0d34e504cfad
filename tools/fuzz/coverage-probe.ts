import { type Profiler, Session } from 'node:inspector';

/** Which characters of a function's text were run, by the function's place. */
export type Coverage = ReadonlyMap<string, Uint8Array>;

/**
 * What was run since the last call. V8 counts blocks, so both sides of a condition are told apart, but only in
 * functions that it has not run before: the probe is made before the code is loaded.
 *
 * @param isWatched by the URL of a script.
 */
export function coverageProbe(isWatched: (url: string) => boolean): { take(): Coverage } {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  return {
    take() {
      let scripts: readonly Profiler.ScriptCoverage[] = [];
      // Answers before it returns, being in the same thread.
      session.post('Profiler.takePreciseCoverage', (error, answer) => {
        if (error !== null) throw error;
        scripts = answer.result;
      });
      return coverageOf(scripts.filter(({ url }) => isWatched(url)));
    },
  };
}

/** Functions inside functions are told apart, since the text of the inner one is that of the outer one as well. */
export function coverageOf(scripts: readonly Profiler.ScriptCoverage[]): Coverage {
  const coverage = new Map<string, Uint8Array>();
  for (const { url, functions } of scripts) {
    for (const { ranges } of functions) {
      const [whole] = ranges;
      if (whole === undefined || whole.count === 0) continue;
      const run = new Uint8Array(whole.endOffset - whole.startOffset);
      // The outer ranges come first.
      for (const { startOffset, endOffset, count } of ranges) {
        run.fill(count > 0 ? 1 : 0, startOffset - whole.startOffset, endOffset - whole.startOffset);
      }
      coverage.set(`${url}:${whole.startOffset}:${whole.endOffset}`, run);
    }
  }
  return coverage;
}

/** All that was ever run. */
export class SeenCoverage {
  readonly #seen = new Map<string, Uint8Array>();

  /** Whether anything was run that had not been. */
  isNew(coverage: Coverage): boolean {
    for (const [place, run] of coverage) {
      const seen = this.#seen.get(place);
      if (seen === undefined || run.some((one, at) => one === 1 && seen[at] !== 1)) return true;
    }
    return false;
  }

  /** What of it had not been run. */
  newOf(coverage: Coverage): { isIn(other: Coverage): boolean } {
    const places = [...coverage].map(([place, run]): [string, number[]] => {
      const seen = this.#seen.get(place);
      return [place, [...run.keys()].filter((at) => run[at] === 1 && seen?.[at] !== 1)];
    });
    return {
      isIn: (other) => places.every(([place, run]) => run.every((at) => other.get(place)?.[at] === 1)),
    };
  }

  add(coverage: Coverage): void {
    for (const [place, run] of coverage) {
      const seen = this.#seen.get(place);
      if (seen === undefined) this.#seen.set(place, run.slice());
      else for (const [at, one] of run.entries()) if (one === 1) seen[at] = 1;
    }
  }

  /** Characters of code that were run. */
  get size(): number {
    return [...this.#seen.values()].flatMap((run) => [...run]).filter((one) => one === 1).length;
  }
}
