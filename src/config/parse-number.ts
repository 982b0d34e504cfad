/**
 * A whole number in decimal; like the original, digits may be grouped by single underscores.
 * @throws Error that says what is expected.
 */
export function parseWholeNumber(text: string): number {
  const number = /^[+-]?\d+(?:_\d+)*$/.test(text) ? Number(text.replaceAll('_', '')) : Number.NaN;
  if (!Number.isSafeInteger(number)) throw new Error('expected a whole number');
  return number;
}

/**
 * A decimal number with an optional fraction and exponent. Infinity, NaN and grouped digits are
 * refused: no option means them (docs/compatibility.md, number-spellings).
 * @throws Error that says what is expected.
 */
export function parseFloatingPoint(text: string): number {
  const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(number)) throw new Error('expected a number');
  return number;
}

/**
 * A number in octal digits, with or without `0o` in front, and without a sign (docs/compatibility.md, number-spellings).
 * @throws Error that says what is expected.
 */
export function parseOctal(text: string): number {
  const digits = /^(?:0[oO])?([0-7]+)$/.exec(text)?.[1];
  if (digits === undefined) throw new Error('expected octal digits such as 660 or 0o660');
  return Number.parseInt(digits, 8);
}
