import { InspectorError } from '../../errors/inspector-error.ts';
import { pythonInt } from '../../json/python-int.ts';
import { pythonLiteral } from './python-text.ts';
import { type PythonValue, typeNameOf } from './python-value.ts';

/** Digits; as in Python, since longer ones take time that grows with their square. */
const mostDigits = 4300;

/** UTF-16 units of a value in a message. */
const longestShown = 200;

/**
 * A field in the type of what it is compared with: numbers and truth values make a number of it, others leave it.
 *
 * @throws InspectorError `invalid` with Python's sentence when the field is no such number.
 */
export function coerce(field: PythonValue, expected: PythonValue): PythonValue {
  if (typeof expected === 'number') return toFloat(field);
  if (typeof expected === 'bigint' || typeof expected === 'boolean') return toInt(field);
  return field;
}

/** Python's `int(...)`: floats lose their fraction, texts are decimal. */
function toInt(value: PythonValue): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return BigInt(value);
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return BigInt(Math.trunc(value));
    const what = Number.isNaN(value) ? 'float NaN' : 'float infinity';
    throw new InspectorError('invalid', `cannot convert ${what} to integer`);
  }
  if (typeof value !== 'string') {
    const expected = 'a string, a bytes-like object or a real number';
    throw new InspectorError('invalid', `int() argument must be ${expected}, not '${typeNameOf(value)}'`);
  }
  if (value.length > mostDigits) {
    const message = `Exceeds the limit (${mostDigits} digits) for integer string conversion`;
    throw new InspectorError('invalid', message);
  }
  return pythonInt(value);
}

/** Nothing in it can match in two ways, so it takes linear time. */
const decimal =
  /^\s*(?<sign>[+-]?)(?:(?<number>(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?)|(?<infinity>inf|infinity)|(?<nan>nan))\s*$/i;

/** Python's `float(...)`. */
function toFloat(value: PythonValue): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'bigint') {
    const float = Number(value);
    if (Number.isFinite(float)) return float;
    throw new InspectorError('invalid', 'int too large to convert to float');
  }
  if (typeof value !== 'string') {
    const expected = 'a string or a real number';
    throw new InspectorError('invalid', `float() argument must be ${expected}, not '${typeNameOf(value)}'`);
  }
  const { sign, number, infinity, nan } = decimal.exec(value)?.groups ?? {};
  const size = nan !== undefined ? Number.NaN : infinity !== undefined ? Infinity : sizeOf(number);
  if (size === undefined) {
    const shown = pythonLiteral(value.length > longestShown ? `${value.slice(0, longestShown)}...` : value);
    throw new InspectorError('invalid', `could not convert string to float: ${shown}`);
  }
  return sign === '-' ? -size : size;
}

function sizeOf(number: string | undefined): number | undefined {
  return number === undefined ? undefined : Number(number.replaceAll('_', ''));
}
