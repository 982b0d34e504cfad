import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonValue } from '../json/json-value.ts';
import { refuseUnusable } from '../json/refuse-unusable.ts';

/** What a plug-in nests deeper is a mistake, or a cycle. */
const deepest = 200;

/**
 * A copy of what a plug-in hands over. Members that are `undefined` are left out, as in JSON.
 *
 * @param own What is to stay as it is and not to be copied, for parts that belong to us.
 * @throws InspectorError `invalid` when it is no JSON, or nested too deeply.
 */
export function jsonCopy(
  value: unknown,
  own: (value: object) => object | undefined = () => undefined,
): JsonValue {
  const kept = new Set<unknown>();
  const copy = copied(value, 0, (one) => {
    const found = own(one);
    if (found !== undefined) kept.add(found);
    return found;
  });
  if (kept.size === 0) refuseUnusable(copy);
  return copy;
}

function copied(value: unknown, depth: number, own: (value: object) => object | undefined): JsonValue {
  if (depth > deepest) throw notJson('something that is nested too deeply, or contains itself');
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value;
    throw notJson(String(value));
  }
  if (typeof value !== 'object') throw notJson(`a ${typeof value}`);
  const ours = own(value);
  if (ours !== undefined) return ours as JsonValue;
  if (Array.isArray(value)) return value.map((item) => copied(item, depth + 1, own));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw notJson(`an object of the class ${value.constructor.name}`);
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  if (members.some(([name]) => name === '__proto__')) throw notJson('a member __proto__');
  return Object.fromEntries(members.map(([name, member]) => [name, copied(member, depth + 1, own)]));
}

function notJson(what: string): InspectorError {
  return new InspectorError('invalid', `expected a JSON value, got ${what}`);
}
