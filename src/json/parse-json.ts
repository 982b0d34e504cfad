import type { ExactNumbers } from './exact-numbers.ts';
import type { JsonValue } from './json-value.ts';

/** A parsed document together with the numerals that a JavaScript number would change. */
export interface ParsedJson<T extends JsonValue = JsonValue> {
  readonly value: T;
  readonly exactNumbers: ExactNumbers;
}
