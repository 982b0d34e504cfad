import type { JsonValue } from '../../../json/json-value.ts';
import { pythonStr } from '../../../json/python-repr.ts';
import { escapeControl } from '../../../logging/escape-control.ts';
import { wrapText } from '../../status/wrap-text.ts';
import { textWidth } from './text-width.ts';

/** How a table is laid out. */
export interface TableLayout {
  /** Characters that a line of the table may have; `undefined` for no limit. */
  readonly maxWidth: number | undefined;
  /** No column is made narrower than this. */
  readonly minColumn: number;
}

interface Column {
  readonly head: string;
  readonly cells: readonly (readonly string[])[];
  readonly isNumber: boolean;
  readonly width: number;
}

/**
 * A table as the OpenStack client prints it. Values are as Python writes them; what could steer the terminal is
 * escaped, as machines under inspection can put anything into their data.
 */
export function formatTable(
  heads: readonly string[],
  rows: readonly (readonly JsonValue[])[],
  layout: TableLayout,
): string {
  const natural = heads.map((head, place) => columnOf(head, rows, place));
  const columns = fitted(natural, layout);
  const border = `+${columns.map(({ width }) => '-'.repeat(width + 2)).join('+')}+`;
  const head = lineOf(columns, ({ head: text }) => text);
  const body = rows.flatMap((_, row) => {
    const height = Math.max(1, ...columns.map(({ cells }) => cells[row]?.length ?? 0));
    return Array.from({ length: height }, (__, line) =>
      lineOf(columns, ({ cells }) => cells[row]?.[line] ?? ''),
    );
  });
  return `${[border, head, border, ...body, border].join('\n')}\n`;
}

function columnOf(head: string, rows: readonly (readonly JsonValue[])[], place: number): Column {
  const cells = rows.map((row) => linesOf(row[place] ?? null));
  return { head, cells, isNumber: typeof rows[0]?.[place] === 'number', width: widest(head, cells) };
}

function widest(head: string, cells: readonly (readonly string[])[]): number {
  return cells.flat().reduce((width, line) => Math.max(width, textWidth(line)), textWidth(head));
}

function linesOf(value: JsonValue): string[] {
  return pythonStr(value).replaceAll('\r\n', '\n').replaceAll('\r', ' ').split('\n').map(escapeControl);
}

function lineOf(columns: readonly Column[], text: (column: Column) => string): string {
  const cells = columns.map((column) => {
    const filling = ' '.repeat(Math.max(0, column.width - textWidth(text(column))));
    return column.isNumber ? filling + text(column) : text(column) + filling;
  });
  return `| ${cells.join(' | ')} |`;
}

/** Columns wider than their share are made narrower, the last of them takes what is left. */
function fitted(columns: readonly Column[], { maxWidth, minColumn }: TableLayout): readonly Column[] {
  const whole = columns.reduce((sum, { width }) => sum + width + 3, 1);
  if (maxWidth === undefined || whole <= maxWidth) return columns;
  const usable = Math.max(0, maxWidth - 1 - 3 * columns.length);
  const share = Math.floor(usable / columns.length);
  const isWide = ({ width }: Column) => width > share;
  const wideOnes = columns.filter(isWide);
  let left = usable - columns.filter((column) => !isWide(column)).reduce((sum, { width }) => sum + width, 0);
  const each = Math.floor(left / wideOnes.length);
  return columns.map((column) => {
    if (!isWide(column)) return column;
    const room = Math.max(minColumn, column === wideOnes.at(-1) ? left : each);
    left -= each;
    const width = Math.max(textWidth(column.head), Math.min(column.width, room));
    return {
      ...column,
      width,
      cells: column.cells.map((lines) => lines.flatMap((line) => wrapped(line, width))),
    };
  });
}

function wrapped(line: string, width: number): string[] {
  return textWidth(line) <= width ? [line] : wrapText(line, width, '');
}
