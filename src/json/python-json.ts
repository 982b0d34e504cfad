import type { ExactNumbers } from './exact-numbers.ts';
import type { JsonValue } from './json-value.ts';
import { writeJson } from './write-json.ts';

/**
 * The text that Python's `json.dumps` writes: one line with `, ` and `: `, ASCII only, names in their own
 * order, numbers as they came where `exactNumbers` knows them. Stored introspection data has this form.
 * Names that are whole numbers come first, as JavaScript keeps them so (docs/compatibility.md,
 * json-whole-number-names).
 */
export function pythonJson(value: JsonValue, exactNumbers?: ExactNumbers): string {
  return writeJson(value, { comma: ', ', colon: ': ', sorted: false }, exactNumbers);
}
