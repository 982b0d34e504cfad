import type { ExactNumbers } from './exact-numbers.ts';
import type { JsonValue } from './json-value.ts';
import { writeJson } from './write-json.ts';

/** The text of an API answer: compact, names sorted at every level, ASCII only, a newline at the end. */
export function sortedJson(value: JsonValue, exactNumbers?: ExactNumbers): string {
  return `${writeJson(value, { comma: ',', colon: ':', sorted: true }, exactNumbers)}\n`;
}
