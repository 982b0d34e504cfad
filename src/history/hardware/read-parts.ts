import { isObject, type JsonObject, type JsonValue } from '../../json/json-value.ts';

/** A member of what may be no object. */
export function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The objects of a list; `undefined` where there is no list, so that nothing was reported. */
export function reported(value: JsonValue | undefined): JsonObject[] | undefined {
  return Array.isArray(value) ? value.filter((item) => isObject(item)) : undefined;
}
