import { InspectorError } from '../../errors/inspector-error.ts';
import { isDict, type PythonValue, typeNameOf } from './python-value.ts';

/** How two values are ordered. */
export type Ordering = '<' | '<=' | '>' | '>=';

/** Whether two values are equal as Python has it: deeply, with 1 == 1.0 == True. */
export function valuesEqual(a: PythonValue, b: PythonValue): boolean {
  if (isNumeric(a) && isNumeric(b)) return holds(signOf(a, b), '<=') && holds(signOf(a, b), '>=');
  if (isList(a) && isList(b)) {
    return a.length === b.length && a.every((item, index) => valuesEqual(item, b[index] ?? null));
  }
  if (isDict(a) && isDict(b)) {
    if (a.size !== b.size) return false;
    return [...a].every(([name, member]) => {
      const other = b.get(name);
      return other !== undefined && valuesEqual(member, other);
    });
  }
  return a === b;
}

/**
 * Whether `a` and `b` stand in an order: numbers by size, texts by their code points, lists by the first items
 * that differ.
 *
 * @throws InspectorError `invalid` with Python's sentence for values that have no order.
 */
export function inOrder(a: PythonValue, ordering: Ordering, b: PythonValue): boolean {
  if (isNumeric(a) && isNumeric(b)) return holds(signOf(a, b), ordering);
  if (typeof a === 'string' && typeof b === 'string') return holds(compareTexts(a, b), ordering);
  if (isList(a) && isList(b)) {
    const differs = a.findIndex((item, index) => index >= b.length || !valuesEqual(item, b[index] ?? null));
    if (differs < 0 || differs >= b.length) return holds(a.length - b.length, ordering);
    return inOrder(a[differs] ?? null, ordering, b[differs] ?? null);
  }
  const types = `'${typeNameOf(a)}' and '${typeNameOf(b)}'`;
  throw new InspectorError('invalid', `'${ordering}' not supported between instances of ${types}`);
}

function holds(sign: number, ordering: Ordering): boolean {
  switch (ordering) {
    case '<':
      return sign < 0;
    case '<=':
      return sign <= 0;
    case '>':
      return sign > 0;
    default:
      return sign >= 0;
  }
}

/** Exact for whole numbers and floats of any size; NaN for what has no order. */
function signOf(a: boolean | bigint | number, b: boolean | bigint | number): number {
  const [left, right] = [numberOf(a), numberOf(b)];
  if (left < right) return -1;
  if (left > right) return 1;
  return left <= right ? 0 : Number.NaN;
}

/** JavaScript compares UTF-16 units, which puts what is beyond the basic plane before U+E000. */
function compareTexts(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  if (at >= a.length || at >= b.length) return a.length - b.length;
  const isSecondHalf = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;
  if (at > 0 && isSecondHalf(a.charCodeAt(at)) && isSecondHalf(b.charCodeAt(at))) {
    return a.charCodeAt(at) - b.charCodeAt(at);
  }
  return (a.codePointAt(at) ?? 0) - (b.codePointAt(at) ?? 0);
}

function isList(value: PythonValue): value is readonly PythonValue[] {
  return Array.isArray(value);
}

function isNumeric(value: PythonValue): value is boolean | bigint | number {
  return typeof value === 'boolean' || typeof value === 'bigint' || typeof value === 'number';
}

function numberOf(value: boolean | bigint | number): bigint | number {
  return typeof value === 'boolean' ? BigInt(value) : value;
}
