import { InspectorError } from '../../errors/inspector-error.ts';

/** The longest text that may stand for nothing, white space included. */
const longestEmpty = 64;

/**
 * Whether a document holds anything: the original passes over `{}`, `null` and whatever else is false in Python.
 *
 * @throws InspectorError `invalid` for a text that is not JSON, which was damaged on its way into the store.
 */
export function hasContent(text: string): boolean {
  const value = parsed(text);
  if (text.length > longestEmpty) return true;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

/** A whole string, or one of the numbers that Python writes and JSON does not have. */
const stringOrOddNumber = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Only few documents have odd numbers, and looking for them takes as long as parsing.
  }
  try {
    return JSON.parse(text.replace(stringOrOddNumber, (found) => (found.startsWith('"') ? found : '1')));
  } catch {
    // The parser's message shows a piece of the text, which may be a secret.
    throw new InspectorError('invalid', `expected JSON, got ${text.length} characters that are none`);
  }
}
