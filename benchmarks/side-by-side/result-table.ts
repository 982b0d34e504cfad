import { pairedRatios, type RecordedRow, type Spread, spreadOf } from './recorded-rows.ts';

const header = [
  'what',
  'unit',
  'ours',
  'the original',
  'times better than the original',
  'the floor',
  'times of the floor',
];

/** A table in Markdown; cells hold minimum / median / maximum over the rounds, ratios are of each round. */
export function resultTable(rows: readonly RecordedRow[]): string {
  const lines = [header, header.map(() => '---'), ...rows.map(cellsOf)];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function cellsOf(row: RecordedRow): string[] {
  const { subset, name, unit, samples } = row;
  return [
    `${subset}: ${name}`,
    unit,
    measuredText(samples.ours),
    measuredText(samples.original),
    spreadText(pairedRatios(row, 'ours', 'original')),
    measuredText(samples.floor),
    spreadText(pairedRatios(row, 'floor', 'ours')),
  ];
}

/** Where it took part and no number came of it, that is said. */
function measuredText(samples: RecordedRow['samples']['ours']): string {
  if (samples === undefined) return '';
  const missing = samples.filter((sample) => sample === null).length;
  const spread = spreadOf(samples);
  if (spread === undefined) return 'not in time';
  return missing === 0 ? spreadText(spread) : `${spreadText(spread)} (${missing} not in time)`;
}

function spreadText(spread: Spread | undefined): string {
  if (spread === undefined) return '';
  return [spread.min, spread.median, spread.max].map(shortNumber).join(' / ');
}

/** Three digits, or all before the point: `0.0123`, `1.23`, `123`, `12,346`. */
export function shortNumber(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}
