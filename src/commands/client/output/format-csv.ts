import type { JsonValue } from '../../../json/json-value.ts';
import { pythonStr } from '../../../json/python-repr.ts';

/** Which fields stand in quotation marks, besides those that have to; `none` escapes instead. */
export type QuoteMode = 'all' | 'minimal' | 'none' | 'nonnumeric';

/** Comma-separated values as the OpenStack client prints them: text in quotation marks, `null` as empty text. */
export function formatCsv(
  heads: readonly string[],
  rows: readonly (readonly JsonValue[])[],
  mode: QuoteMode,
): string {
  return [heads, ...rows].map((row) => `${row.map((value) => field(value, mode)).join(',')}\n`).join('');
}

function field(value: JsonValue, mode: QuoteMode): string {
  const text = value === null ? '' : pythonStr(value);
  if (mode === 'none') return text.replace(/[",\\\r\n]/g, '\\$&');
  const escaped = text.replaceAll('\\', '\\\\');
  const isNumeric = typeof value === 'number' || typeof value === 'boolean';
  const isQuoted = mode === 'all' || (mode === 'nonnumeric' && !isNumeric) || /[",\r\n]/.test(text);
  return isQuoted ? `"${escaped.replaceAll('"', '""')}"` : escaped;
}
