import { InspectorError } from '../errors/inspector-error.ts';
import { pythonRepr } from './python-repr.ts';

/** Nothing in it can match in two ways, so it takes linear time. */
const integer = /^\s*([+-]?)(\p{Nd}+(?:_\p{Nd}+)*)\s*$/u;

/**
 * A whole number as Python's `int(text)` takes it, which is what clients of the original rely on: blanks
 * around it, a sign, leading zeros, single underscores between digits, and digits of any script.
 *
 * @throws InspectorError `invalid` with the text of Python's ValueError.
 */
export function pythonInt(text: string): bigint {
  const match = integer.exec(text);
  if (match?.[2] === undefined) {
    throw new InspectorError('invalid', `invalid literal for int() with base 10: ${pythonRepr(text)}`);
  }
  const digits = Array.from(match[2].replaceAll('_', ''), asciiDigit).join('');
  return match[1] === '-' ? -BigInt(digits) : BigInt(digits);
}

/** Each script's digits follow each other from its zero on, in groups of ten that may touch. */
function asciiDigit(digit: string): number {
  const point = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(point - before - 1))) before++;
  return before % 10;
}
