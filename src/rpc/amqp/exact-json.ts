import type { ExactNumbers } from '../../json/exact-numbers.ts';
import type { JsonValue } from '../../json/json-value.ts';

/** Of ECMAScript's proposal "JSON.parse source text access", which every supported Node has. */
interface RawJson {
  readonly rawJSON: (text: string) => unknown;
}

/**
 * JSON text in which every number is written as it came, so that whoever parses it has the very document. A number
 * that was changed since is written as its new value.
 */
export function exactJson(value: JsonValue, exactNumbers: ExactNumbers): string {
  const { rawJSON } = JSON as unknown as RawJson;
  return JSON.stringify(value, function (this: object, key: string, member: unknown): unknown {
    if (typeof member !== 'number') return member;
    const numeral = exactNumbers.numeralOf(this, key, member);
    return numeral === undefined ? member : rawJSON(numeral);
  });
}
