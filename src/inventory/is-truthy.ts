import type { JsonValue } from '../json/json-value.ts';

/**
 * Whether a value counts as present, as Python sees it: `null`, `false`, zero, and empty text, lists and
 * objects do not. The rules for "not set yet" and "the ramdisk failed" are written in these terms.
 */
export function isTruthy(value: JsonValue | undefined): boolean {
  if (typeof value !== 'object' || value === null) return Boolean(value);
  return Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0;
}
