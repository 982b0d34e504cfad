/** Columns of a table, from left to right. */
export type Row = readonly string[];

/** A title with rows below it. */
export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
  /** What is said where there are no rows. */
  readonly ifEmpty?: string;
}

/**
 * The title, and the rows with their columns aligned. What does not fit into the width is cut, with an
 * ellipsis; without a width nothing is.
 */
export function sectionText({ title, rows, ifEmpty = 'none' }: Section, width: number | undefined): string {
  const widths = columnWidths(rows);
  const lines = rows.map((row) => {
    const cells = row.map((cell, index) => (index < row.length - 1 ? cell.padEnd(widths[index] ?? 0) : cell));
    return cut(`  ${cells.join('  ')}`.trimEnd(), width);
  });
  return [title, ...(lines.length > 0 ? lines : [`  ${ifEmpty}`]), ''].join('\n');
}

function columnWidths(rows: readonly Row[]): number[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: count }, (_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
}

function cut(line: string, width: number | undefined): string {
  if (width === undefined || line.length <= width) return line;
  return `${line.slice(0, Math.max(1, width) - 1).toWellFormed()}…`;
}
