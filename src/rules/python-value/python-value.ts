import type { ExactNumbers } from '../../json/exact-numbers.ts';
import { isObject, type JsonValue } from '../../json/json-value.ts';

/**
 * A value as the rules' operators have it: whole numbers are `bigint`, floats are `number`, since 1 and 1.0 are
 * compared and written differently.
 */
export type PythonValue = null | boolean | bigint | number | string | readonly PythonValue[] | PythonDict;

/** An object, in the order of its members. */
export type PythonDict = ReadonlyMap<string, PythonValue>;

/** Floats up to here are whole numbers that a computation made. */
const largestComputed = 1e21;

/**
 * A JSON value with its numbers told apart.
 *
 * @param numeral how the value itself was written, where it is a number that JavaScript writes otherwise.
 */
export function pythonValue(value: JsonValue, exactNumbers: ExactNumbers, numeral?: string): PythonValue {
  if (typeof value === 'number') return pythonNumber(value, numeral);
  if (Array.isArray(value)) {
    return value.map((item, index) => memberOf(value, String(index), item, exactNumbers));
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value);
  return new Map(members.map(([name, member]) => [name, memberOf(value, name, member, exactNumbers)]));
}

/** A member of a container, with the container's knowledge of how its numbers were written. */
export function memberOf(
  container: object,
  key: string,
  value: JsonValue,
  exactNumbers: ExactNumbers,
): PythonValue {
  if (typeof value !== 'number') return pythonValue(value, exactNumbers);
  return pythonNumber(value, exactNumbers.numeralOf(container, key, value));
}

/** The name of the value's type in the words of error messages that operators know: `int`, `NoneType`, ... */
export function typeNameOf(value: PythonValue): string {
  if (value === null) return 'NoneType';
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int';
    case 'number':
      return 'float';
    case 'string':
      return 'str';
    default:
      return Array.isArray(value) ? 'list' : 'dict';
  }
}

/** @returns whether it is an object, as opposed to a list. */
export function isDict(value: PythonValue): value is PythonDict {
  return value instanceof Map;
}

function pythonNumber(value: number, numeral: string | undefined): bigint | number {
  if (numeral !== undefined) return /[.eE]/.test(numeral) ? value : BigInt(numeral);
  const isWhole = Number.isInteger(value) && Math.abs(value) < largestComputed && !Object.is(value, -0);
  return isWhole ? BigInt(value) : value;
}
