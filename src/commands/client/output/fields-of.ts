import type { JsonObject, JsonValue } from '../../../json/json-value.ts';

/** The members of a resource in the order of their names, without its links, which are for programs. */
export function fieldsOf(resource: JsonObject): (readonly [string, JsonValue])[] {
  const fields = Object.entries(resource).filter(([name]) => name !== 'links');
  return fields.toSorted(([one], [other]) => (one < other ? -1 : 1));
}
