import { InspectorError } from '../errors/inspector-error.ts';
import { kindOf } from '../inventory/kind-of.ts';
import { ExactNumbers } from '../json/exact-numbers.ts';
import type { JsonValue } from '../json/json-value.ts';
import { pythonLiteral } from './python-value/python-text.ts';
import { pythonValue } from './python-value/python-value.ts';

/** UTF-16 units of a value that is kept or told. */
const longestShown = 200;

/** A value as messages tell it, in Python's notation; a long text is cut, of a large value the kind is told. */
export function shownText(value: JsonValue): string {
  if (typeof value === 'string') return pythonLiteral(cut(value));
  try {
    return pythonLiteral(pythonValue(value, new ExactNumbers()), longestShown);
  } catch (error) {
    if (error instanceof InspectorError) return `${kindOf(value)} of more than ${longestShown} characters`;
    throw error;
  }
}

/** A value that is kept: itself, or text about it where it is large. */
export function shownValue(value: JsonValue): JsonValue {
  if (typeof value === 'string') return cut(value);
  if (typeof value !== 'object' || value === null) return value;
  const text = shownText(value);
  return text.startsWith('[') || text.startsWith('{') ? value : text;
}

function cut(text: string): string {
  return text.length <= longestShown ? text : `${text.slice(0, longestShown).toWellFormed()}...`;
}
