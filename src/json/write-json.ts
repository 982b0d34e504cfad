import { InspectorError } from '../errors/inspector-error.ts';
import type { ExactNumbers } from './exact-numbers.ts';
import type { JsonValue } from './json-value.ts';
import { pythonNumber } from './python-number.ts';

/** How a document is laid out in one line. */
export interface JsonLayout {
  /** Between two members. */
  readonly comma: ',' | ', ';
  /** Between name and value. */
  readonly colon: ':' | ': ';
  /** Whether names are in the order of their UTF-16 code units, or in their own. */
  readonly sorted: boolean;
}

/** Deeper than any document that was let in, with room for what hooks put around it. */
const deepest = 1000;

/**
 * A value as ASCII JSON text, numbers as Python writes them. Members that are `undefined` are left out.
 *
 * @throws InspectorError `internal` for a value deeper than 1,000 levels, which may well be a cycle.
 */
export function writeJson(value: JsonValue, layout: JsonLayout, exactNumbers?: ExactNumbers): string {
  return typeof value === 'object' && value !== null ? container(value, 1) : scalar(value);

  function container(of: JsonValue[] | { [key: string]: JsonValue }, depth: number): string {
    if (depth > deepest) {
      throw new InspectorError(
        'internal',
        `Cannot write JSON: expected at most ${deepest} levels of nesting`,
      );
    }
    let text = '';
    const isArray = Array.isArray(of);
    const keys = layout.sorted && !isArray ? Object.keys(of).sort() : Object.keys(of);
    for (const key of keys) {
      const member = (of as { [key: string]: JsonValue | undefined })[key];
      if (member === undefined) continue;
      if (text !== '') text += layout.comma;
      if (!isArray) text += quoted(key) + layout.colon;
      if (typeof member === 'object' && member !== null) text += container(member, depth + 1);
      else
        text += scalar(
          member,
          typeof member === 'number' ? exactNumbers?.numeralOf(of, key, member) : undefined,
        );
    }
    return isArray ? `[${text}]` : `{${text}}`;
  }
}

function scalar(value: null | boolean | number | string, numeral?: string): string {
  if (typeof value === 'string') return quoted(value);
  return typeof value === 'number' ? pythonNumber(value, numeral) : String(value);
}

/** Text that is the same within quotes; nearly all is, and looking first takes half the time. */
const plain = /^[ !#-[\]-~]*$/;

function quoted(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, escapedUnit);
}

/** A UTF-16 unit as JSON writes it in ASCII. */
export function escapedUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
