import { cpus, freemem, loadavg, totalmem } from 'node:os';
import type { EngineResult } from './measure-engine.ts';
import type { Measured } from './measurement.ts';

/** What the costs at the largest size may come to, in costs at the smallest. */
const highestRatio = 1.5;

/** A table of one engine in Markdown: minimum, median and 95th percentile in milliseconds. */
export function tableOf({ engine, measured }: EngineResult): string {
  const sizes = measured[0]?.durations.map(({ size }) => `${size.toLocaleString('en')} nodes`) ?? [];
  const rows = measured.map(({ name, durations, ratio }) => [
    name,
    ...durations.map(({ min, median, p95 }) => [min, median, p95].map((time) => time.toFixed(2)).join(' / ')),
    ratio.toFixed(2),
  ]);
  const lines = [[engine, ...sizes, 'ratio'], ['---', ...sizes.map(() => '---'), '---'], ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The operations that cost too much more at the largest size than at the smallest. */
export function tooSteep(results: readonly EngineResult[]): string[] {
  // Not a number counts as too much.
  const isFlat = ({ ratio }: Measured) => ratio <= highestRatio;
  return results.flatMap(({ engine, measured }) =>
    measured
      .filter((operation) => !isFlat(operation))
      .map(
        ({ name, ratio }) =>
          `${engine}: ${name}: ratio ${ratio.toFixed(2)}, at most ${highestRatio} is allowed`,
      ),
  );
}

/** What the numbers depend on. */
export function machineFacts() {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    processors: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    freeMemoryGiB: Math.round(freemem() / 2 ** 30),
    node: process.version,
    loadAverage: loadavg().map((load) => Number(load.toFixed(2))),
    date: new Date().toISOString(),
  };
}
