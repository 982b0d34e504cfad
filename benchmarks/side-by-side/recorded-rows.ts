import type { ContestantName } from './contestant.ts';
import { median } from './percentile.ts';

/** One thing that is measured, of every contestant. */
export interface RowHead {
  readonly subset: string;
  readonly name: string;
  readonly unit: string;
  /** `neither` for what only explains the other rows. */
  readonly better: 'higher' | 'lower' | 'neither';
}

/** What a contestant took in each round; `null` where it did not get there. */
export type Samples = readonly (number | null)[];

/** A row with what was measured, round by round, so that samples of a round belong together. */
export interface RecordedRow extends RowHead {
  readonly samples: Readonly<Partial<Record<ContestantName, Samples>>>;
}

/** Smallest, middle and largest of some numbers. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** Collects samples by row, in the order in which rows turn up. */
export class RecordedRows {
  readonly #rows = new Map<
    string,
    RowHead & { samples: Partial<Record<ContestantName, (number | null)[]>> }
  >();

  /** Adds what was measured in this round, which counts from 0. */
  add(head: RowHead, contestant: ContestantName, round: number, value: number | null): void {
    const key = JSON.stringify([head.subset, head.name]);
    const row = this.#rows.get(key) ?? { ...head, samples: {} };
    this.#rows.set(key, row);
    const samples = row.samples[contestant] ?? [];
    row.samples[contestant] = samples;
    while (samples.length < round) samples.push(null);
    samples[round] = value;
  }

  /** All rows so far. */
  all(): RecordedRow[] {
    return [...this.#rows.values()];
  }
}

/** The spread of what was measured; `undefined` where nothing was. */
export function spreadOf(samples: Samples | undefined): Spread | undefined {
  const numbers = (samples ?? []).filter((sample) => sample !== null);
  if (numbers.length === 0) return undefined;
  return { min: Math.min(...numbers), median: median(numbers), max: Math.max(...numbers) };
}

/**
 * How many times better the first contestant was than the second, round by round: what happens to the machine in a
 * round happens to both. Above 1 it was better. `undefined` where no round has both.
 */
export function pairedRatios(
  row: RecordedRow,
  first: ContestantName,
  second: ContestantName,
): Spread | undefined {
  if (row.better === 'neither') return undefined;
  const others = row.samples[second] ?? [];
  const ratios = (row.samples[first] ?? []).map((mine, round) => {
    const other = others[round] ?? null;
    if (mine === null || other === null) return null;
    return row.better === 'higher' ? mine / other : other / mine;
  });
  return spreadOf(ratios);
}
