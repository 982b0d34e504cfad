import { escapeControl } from '../logging/escape-control.ts';

const longest = 200;

/** Text for a message of one line: in single quotes, control characters as escapes, cut where it is long. */
export function showText(text: string): string {
  return `'${escapeControl(text.length > longest ? `${text.slice(0, longest)}…` : text)}'`;
}

/** An option's value for the start-up dump, in the original's notation: `True`, `None`, `['a', 'b']`. */
export function showValue(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map((item) => showText(String(item))).join(', ')}]`;
  if (typeof value === 'object') {
    const pairs = Object.entries(value).map(([key, item]) => `${showText(key)}: ${showText(String(item))}`);
    return `{${pairs.join(', ')}}`;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * What a reference such as `$name` inserts: the value in the notation of the file; nothing for an unset one.
 * The original inserts lists and maps as Python shows them (docs/compatibility.md, reference-notation).
 */
export function referenceText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return value.join(',');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([key, item]) => `${key}:${String(item)}`)
      .join(',');
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
