import { isObject, type JsonObject, type JsonValue } from '../../src/json/json-value.ts';
import { type ParsedJson, parseJsonObject } from '../../src/json/parse-json.ts';

/** Characters that one document may grow by, so that a short input makes no document that is refused anyway. */
const mostGrowth = 150_000;

/** A numeral that JSON writes as it came: 1.0 is not 1 to rules, and 1e999 is no number. */
const numeralOf = (text: string) => (JSON as unknown as { rawJSON(text: string): JsonValue }).rawJSON(text);

/**
 * A document with changes, one a line: a dotted path, a blank, and a value. Most changes of the text give another
 * document, which is not so for JSON. The value is JSON, or else text; `1000*abc` is it a thousand times over.
 * `+` as the last part of a path appends to a list, `500+` as often as that. What leads nowhere is left out.
 *
 * @throws InspectorError `invalid` for a document that the service refuses to read.
 */
export function editedDocument(base: JsonObject, edits: string): ParsedJson<JsonObject> {
  const document = structuredClone(base);
  let left = mostGrowth;
  for (const line of edits.split('\n')) {
    const blank = line.indexOf(' ');
    if (blank < 0) continue;
    const path = line.slice(0, blank).split('.');
    const [, times] = /^(\d{1,5})\+$/.exec(path.at(-1) ?? '') ?? [];
    const text = textOf(line.slice(blank + 1), left);
    left -= text.length * Number(times ?? 1);
    if (left >= 0) put(document, path, valueOf(text), Number(times ?? 1));
  }
  return parseJsonObject(Buffer.from(JSON.stringify(document)));
}

/** The parts of an input, divided by lines of `---`; missing ones are empty. */
export function partsOf(input: Buffer, count: number): string[] {
  const parts = input.toString('latin1').split(/^---\n?/m);
  return Array.from({ length: count }, (_, index) => parts[index] ?? '');
}

/** The first line, and what follows it. */
export function headOf(text: string): readonly [string, string] {
  const end = text.indexOf('\n');
  return end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end + 1)];
}

/** JSON as `JSON.parse` reads it, or else text. */
export function plainValueOf(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

/** JSON, or else text, to be written as JSON again: numbers keep their numerals. */
export function valueOf(text: string): JsonValue {
  const keep = (_name: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' && context?.source !== undefined ? numeralOf(context.source) : value;
  try {
    return JSON.parse(text, keep) as JsonValue;
  } catch {
    return text;
  }
}

/** With `1000*abc` written out, to at most so many characters. */
export function textOf(written: string, longest = mostGrowth): string {
  const [, times, unit = ''] = /^(\d{1,6})\*(.*)$/s.exec(written) ?? [];
  if (times === undefined) return written.slice(0, longest);
  return unit.repeat(Math.min(Number(times), Math.floor(longest / Math.max(unit.length, 1))));
}

function put(document: JsonObject, path: readonly string[], value: JsonValue, times: number): void {
  let parent: JsonValue = document;
  for (const part of path.slice(0, -1)) {
    const next: JsonValue | undefined = memberOf(parent, part);
    if (next !== undefined) parent = next;
    else if (isObject(parent)) parent = set(parent, part, {});
    else return;
  }
  const last = path.at(-1) ?? '';
  if (Array.isArray(parent) && last.endsWith('+'))
    for (let left = times; left > 0; left--) parent.push(value);
  else if (Array.isArray(parent) && /^\d{1,3}$/.test(last))
    parent[Math.min(Number(last), parent.length)] = value;
  else if (isObject(parent)) set(parent, last, value);
}

function memberOf(parent: JsonValue, part: string): JsonValue | undefined {
  if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, part)) return undefined;
  return (parent as JsonObject)[part];
}

function set<T extends JsonValue>(parent: JsonObject, name: string, value: T): T {
  Object.defineProperty(parent, name, { value, enumerable: true, configurable: true, writable: true });
  return value;
}
