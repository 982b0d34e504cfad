import { pairedRatios, type RecordedRow, type Spread, spreadOf } from './recorded-rows.ts';
import { shortNumber } from './result-table.ts';

const rowHeight = 22;
const top = 56;
const labelWidth = 430;
const chartWidth = 420;
const valueWidth = 300;

interface Bar {
  readonly label: string;
  readonly ratio: Spread;
  readonly values: string;
}

/**
 * A picture in SVG: for each row that has both, how many times better this service was than the original, on a
 * logarithmic scale; the line over a bar goes from the worst round to the best.
 */
export function resultPlot(rows: readonly RecordedRow[], title: string): string {
  const bars = rows.flatMap(barOf);
  const ratios = bars.flatMap(({ ratio }) => [ratio.min, ratio.max]);
  const lowest = Math.floor(Math.log10(Math.min(1, ...ratios)));
  const highest = Math.max(lowest + 1, Math.ceil(Math.log10(Math.max(1, ...ratios))));
  const x = (ratio: number) => labelWidth + (chartWidth * (Math.log10(ratio) - lowest)) / (highest - lowest);
  const width = labelWidth + chartWidth + valueWidth;
  const height = top + bars.length * rowHeight + 16;
  const powers = Array.from({ length: highest - lowest + 1 }, (_, index) => 10 ** (lowest + index));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`,
    '  font-family="sans-serif" font-size="12">',
    `<rect width="${width}" height="${height}" fill="white"/>`,
    `<text x="12" y="20" font-size="14">${escaped(title)}</text>`,
    ...powers.map((power) => gridLine(x(power), power, height)),
    ...bars.map((bar, index) => drawn(bar, top + index * rowHeight, x)),
    '</svg>',
    '',
  ].join('\n');
}

function barOf(row: RecordedRow): Bar[] {
  const ratio = pairedRatios(row, 'ours', 'original');
  if (ratio === undefined) return [];
  const [ours, original] = [spreadOf(row.samples.ours), spreadOf(row.samples.original)].map((spread) =>
    shortNumber(spread?.median ?? Number.NaN),
  );
  return [{ label: `${row.subset}: ${row.name}`, ratio, values: `${ours} against ${original} ${row.unit}` }];
}

function gridLine(at: number, power: number, height: number): string {
  const color = power === 1 ? '#333' : '#ddd';
  return (
    `<line x1="${fixed(at)}" x2="${fixed(at)}" y1="${top - 8}" y2="${height - 12}" stroke="${color}"/>` +
    `<text x="${fixed(at)}" y="${top - 14}" text-anchor="middle" fill="#555">${shortNumber(power)}</text>`
  );
}

function drawn({ label, ratio, values }: Bar, y: number, x: (ratio: number) => number): string {
  const [from, to] = [Math.min(x(1), x(ratio.median)), Math.max(x(1), x(ratio.median))];
  const middle = y + rowHeight / 2 - 3;
  const color = ratio.median >= 1 ? '#2a7f62' : '#b5502b';
  return [
    `<text x="${labelWidth - 8}" y="${middle + 4}" text-anchor="end">${escaped(label)}</text>`,
    `<rect x="${fixed(from)}" y="${y}" width="${fixed(to - from)}" height="${rowHeight - 6}" fill="${color}"/>`,
    `<line x1="${fixed(x(ratio.min))}" x2="${fixed(x(ratio.max))}" y1="${middle}" y2="${middle}" stroke="black"/>`,
    `<text x="${labelWidth + chartWidth + 8}" y="${middle + 4}">${shortNumber(ratio.median)} (${escaped(values)})</text>`,
  ].join('');
}

function fixed(number: number): string {
  return number.toFixed(1);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
