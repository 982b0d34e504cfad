import type { JsonValue } from '../json/json-value.ts';

/** Python refuses longer numerals, too. */
const mostDigits = 4300;

/**
 * The whole number that a ramdisk meant, or `undefined`. As in the original, fractions are cut off, `true`
 * is 1, and decimal text counts, with spaces around it and underscores between digits.
 */
export function wholeNumber(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') return wholeNumberOf(value);
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  return Math.trunc(value) + 0;
}

function wholeNumberOf(text: string): number | undefined {
  const numeral = text.trim();
  if (numeral.length > mostDigits || !/^[+-]?\d+(?:_\d+)*$/.test(numeral)) return undefined;
  const number = Number(numeral.replaceAll('_', ''));
  return Number.isFinite(number) ? number + 0 : undefined;
}
