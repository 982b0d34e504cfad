import { InspectorError } from '../errors/inspector-error.ts';
import { pythonRepr } from '../json/python-repr.ts';
import type { HintOperator } from './hint-expression.ts';

/**
 * Whether a disk's attribute satisfies a hint. `actual` is the size in GiB, or normalised text, or `null`
 * where the disk does not say. The texts of failures are the original's.
 *
 * A size is compared with `<or>` as a number, an attribute that is `null` is unequal to everything, and
 * `<all-in>` is refused, since no attribute is a list; the original never matches the first, reads the
 * second as the text `none`, and fails with a 500 on the third (docs/compatibility.md, hint-size-or,
 * hint-null-attribute, hint-all-in).
 *
 * @throws InspectorError `invalid` when the operator does not go with the attribute's or the hint's type.
 */
export function satisfies(
  actual: number | string | null,
  operator: HintOperator,
  values: readonly string[],
): boolean {
  const value = values[0] ?? '';
  if (operator === '<all-in>')
    throw unfit('the operator <all-in> needs a list, and no attribute of a disk is one');
  if (actual === null) return operator === '!=' || operator === 's!=';
  if (operator === '<or>') return values.some((one) => isOneOf(actual, one));
  if (operator === '<in>') return textOf(actual, operator).includes(value);
  if (operator.startsWith('s')) return compareText(actual, operator, value);
  return compareNumbers(toFloat(actual), operator, toFloat(value));
}

/**
 * A number as Python's `float` reads it.
 *
 * @throws InspectorError `invalid` when the text is no number.
 */
function toFloat(value: number | string): number {
  if (typeof value === 'number') return value;
  const text = value.trim().toLowerCase();
  if (/^[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/.test(text)) {
    return Number(text.replaceAll('_', ''));
  }
  if (/^[+-]?inf(?:inity)?$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (/^[+-]?nan$/.test(text)) return Number.NaN;
  throw unfit(`could not convert string to float: ${pythonRepr(value.slice(0, 200))}`);
}

function isOneOf(actual: number | string, value: string): boolean {
  return typeof actual === 'number' ? actual === toFloat(value) : actual === value;
}

function textOf(actual: number | string, operator: HintOperator): string {
  if (typeof actual === 'string') return actual;
  if (operator === '<in>') throw unfit("argument of type 'float' is not iterable");
  throw unfit(`'${operator.slice(1)}' not supported between instances of 'float' and 'str'`);
}

/** Both sides are percent-encoded, so the order of code units is the order of characters. */
function compareText(actual: number | string, operator: HintOperator, value: string): boolean {
  if (operator === 's==') return actual === value;
  if (operator === 's!=') return actual !== value;
  const text = textOf(actual, operator);
  if (operator === 's<') return text < value;
  if (operator === 's<=') return text <= value;
  return operator === 's>' ? text > value : text >= value;
}

function compareNumbers(actual: number, operator: HintOperator, value: number): boolean {
  if (operator === '==') return actual === value;
  if (operator === '!=') return actual !== value;
  if (operator === '<') return actual < value;
  if (operator === '<=') return actual <= value;
  // A single = has always meant "at least".
  return operator === '>' ? actual > value : actual >= value;
}

function unfit(message: string): InspectorError {
  return new InspectorError('invalid', message);
}
