/** Any JSON value. Objects are read through own keys only; `parseJson` refuses `__proto__`. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;

/** A JSON object, by member name. */
export interface JsonObject {
  [key: string]: JsonValue;
}

/** A JSON object, as opposed to an array, `null` or a scalar. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list, in their order; what else is in it is left out, and what is no list has none. */
export function objectsIn(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
