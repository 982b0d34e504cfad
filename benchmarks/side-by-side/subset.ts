import type { Bench, BenchSettings } from './bench.ts';

/** A part of the benchmark that can be run by itself. */
export interface Subset {
  readonly name: string;
  /** For `--help`: what is measured. */
  readonly description: string;
  /** How often it measures a contestant. */
  measurements(settings: BenchSettings): number;
  run(bench: Bench): Promise<void>;
}

/** How many services take part: all contestants but the floor. */
export function servicesIn({ contestants }: BenchSettings): number {
  return contestants.filter((name) => name !== 'floor').length;
}
