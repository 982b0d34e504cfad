import { messageOf } from '../../src/errors/inspector-error.ts';
import type { Bench } from './bench.ts';
import type { Contestant, ContestantName } from './contestant.ts';
import type { RowHead } from './recorded-rows.ts';

/** A row, and where its number is in what was measured. */
export interface RowOf<Measured> extends Omit<RowHead, 'subset'> {
  readonly of: (measured: Measured) => number;
}

/** What is compared. */
export interface Comparison<Measured> {
  readonly subset: string;
  /** What it is, for progress and notes. */
  readonly what: string;
  readonly contestants: readonly ContestantName[];
  /** Nodes in the databases. */
  readonly nodes: number;
  readonly rows: readonly RowOf<Measured>[];
  measure(contestant: Contestant, round: number): Promise<Measured>;
}

/** All rounds of a comparison, as `roundsOf` has them. */
export async function compare<Measured>(bench: Bench, comparison: Comparison<Measured>): Promise<void> {
  const measureRound = roundsOf(bench, comparison);
  for (let round = 0; round < bench.settings.rounds; round++) await measureRound(round);
}

/**
 * Measures contestants in turn, beginning with another one in each round. One that fails is started again, sits out the
 * other rounds of this comparison, and has a note that says why.
 *
 * @returns what measures the round of this number, counted from 0.
 */
export function roundsOf<Measured>(
  bench: Bench,
  comparison: Comparison<Measured>,
): (round: number) => Promise<void> {
  const contestants = comparison.contestants.filter((name) => bench.settings.contestants.includes(name));
  const out = new Set<ContestantName>();
  return async (round) => {
    for (const turn of contestants.keys()) {
      const name = contestants[(turn + round) % contestants.length];
      if (name === undefined) continue;
      const measured = out.has(name) ? undefined : await measuredOf(bench, comparison, name, round);
      if (measured === undefined) out.add(name);
      record(bench, comparison, name, { round, measured });
    }
  };
}

async function measuredOf<Measured>(
  bench: Bench,
  comparison: Comparison<Measured>,
  name: ContestantName,
  round: number,
): Promise<Measured | undefined> {
  const { subset, what, nodes } = comparison;
  try {
    const measured = await comparison.measure(await bench.contestant(name, nodes), round);
    bench.details.push({ subset, what, nodes, contestant: name, round, measured });
    return measured;
  } catch (error) {
    note(bench, `${subset}: ${what}: ${name}`, error);
    await bench
      .restarted(name, nodes)
      .catch((again: unknown) => note(bench, `${name}, ${nodes} nodes`, again));
    return undefined;
  }
}

function note(bench: Bench, where: string, error: unknown): void {
  const line = `${where}: ${messageOf(error).replaceAll(/\s+/g, ' ').slice(0, 500)}`;
  bench.notes.push(line);
  bench.progress(line);
}

function record<Measured>(
  bench: Bench,
  { subset, what, rows }: Comparison<Measured>,
  name: ContestantName,
  { round, measured }: { readonly round: number; readonly measured: Measured | undefined },
): void {
  const shown = rows.map(({ of, ...row }) => {
    const value = measured === undefined ? null : of(measured);
    bench.rows.add({ subset, ...row }, name, round, value);
    return `${value === null ? 'not in time' : value.toPrecision(4)} ${row.unit}`;
  });
  bench.measured(`${subset}: ${what}: round ${round + 1}: ${name}: ${shown.join(', ')}`);
}
