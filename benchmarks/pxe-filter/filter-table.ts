import { median } from '../side-by-side/percentile.ts';

/** What was measured of one way of filtering with a number of machines, in milliseconds. */
export interface FilterRow {
  readonly who: string;
  readonly macs: number;
  readonly fullSync?: number;
  /** Of how many the full sync was measured, where the rest is computed. */
  readonly made?: number;
  readonly idleSync?: number;
  readonly change?: readonly number[];
  readonly inEffect?: readonly number[];
  /** Why it could not be measured. */
  readonly error?: string;
}

/** As Markdown; minimum / median / maximum of what was measured several times. */
export function filterTable(rows: readonly FilterRow[]): string {
  const head = ['', 'MACs', 'full sync', 'sync of nothing', 'a change', 'first packet by the new rule'];
  const lines = rows.map((row) => [
    row.who,
    row.macs.toLocaleString('en'),
    row.error === undefined ? `${one(row.fullSync)}${row.made === undefined ? '' : '\\*'}` : 'not measured',
    one(row.idleSync),
    spread(row.change, row.made !== undefined),
    spread(row.inEffect),
  ]);
  const table = [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`);
  const notes = rows.flatMap(({ who, macs, made, error }) => {
    if (error !== undefined) return [`${who}, ${macs}: ${error}`];
    return made === undefined ? [] : [`\\* ${who}, ${macs}: computed from ${made} calls`];
  });
  return `${[...table, '', ...notes.map((note) => `- ${note}`)].join('\n')}\n`;
}

function one(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return '';
  return milliseconds >= 10_000 ? `${(milliseconds / 1000).toFixed(0)} s` : `${milliseconds.toFixed(1)} ms`;
}

function spread(samples: readonly number[] | undefined, isComputed = false): string {
  if (samples === undefined || samples.length === 0) return '';
  if (samples.length === 1) return `${one(samples[0])}${isComputed ? '\\*' : ''}`;
  return [Math.min(...samples), median(samples), Math.max(...samples)].map(one).join(' / ');
}
