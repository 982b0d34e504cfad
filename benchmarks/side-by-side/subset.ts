import type { Bench } from './bench.ts';

/** A part of the benchmark that can be run by itself. */
export interface Subset {
  readonly name: string;
  /** For `--help`: what is measured. */
  readonly description: string;
  run(bench: Bench): Promise<void>;
}
