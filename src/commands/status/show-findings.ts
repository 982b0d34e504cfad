import { pythonJson } from '../../json/python-json.ts';
import { type Finding, results } from './upgrade-check.ts';
import { wrapText } from './wrap-text.ts';

const title = 'Upgrade Check Results';

/** Characters of a line of details. */
const detailsWidth = 60;

const words = { [results.success]: 'Success', [results.warning]: 'Warning', [results.failure]: 'Failure' };

/** The bordered table that people read, byte by byte as the original's. */
export function findingsTable(findings: readonly Finding[]): string {
  const cells = [[title], ...findings.map(cellOf)];
  const width = Math.max(...cells.flat().map((line) => line.length));
  const border = `+${'-'.repeat(width + 2)}+\n`;
  const rows = cells.map((lines) => lines.map((line) => `| ${line.padEnd(width)} |\n`).join(''));
  return `${border}${rows.map((row) => row + border).join('')}`;
}

/** One line of JSON, with the spaces and escapes that the original has in it. */
export function findingsJson(findings: readonly Finding[]): string {
  const checks = findings.map(({ check, result, details }) => ({ check, result, details }));
  return `${pythonJson({ name: title, checks })}\n`;
}

function cellOf({ check, result, details }: Finding): string[] {
  const [first = '', ...rest] = wrapText(details ?? 'None', detailsWidth, '  ');
  return [`Check: ${check}`, `Result: ${words[result]}`, `Details: ${first}`, ...rest];
}
