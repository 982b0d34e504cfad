import { InspectorError } from '../errors/inspector-error.ts';
import { isObject, type JsonObject } from '../json/json-value.ts';
import { type ParsedJson, parseJson } from '../json/parse-json.ts';

/** A document that was kept, with its numerals. */
export function parseDocument(text: string): ParsedJson<JsonObject> {
  const { value, exactNumbers } = parseJson(Buffer.from(text));
  if (!isObject(value)) throw new InspectorError('invalid', 'Stored data: expected a JSON object');
  return { value, exactNumbers };
}
