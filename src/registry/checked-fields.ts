import { InspectorError } from '../errors/inspector-error.ts';
import { canonicalUuid } from '../host/canonical-uuid.ts';
import { isObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import type { Field, Fields } from './field.ts';
import { normalMac } from './mac-address.ts';

/** What the messages call the resource. */
export type Kind = 'node' | 'port';

/**
 * All fields, the given ones in their normal form: words for booleans become booleans, UUIDs and addresses
 * get their usual spelling, `null` and what is missing the field's default. What may be set is for the caller
 * to check.
 *
 * @throws InspectorError `invalid` naming a field that is missing, unknown or of the wrong type.
 */
export function checkedFields(kind: Kind, fields: Fields, given: JsonObject): JsonObject {
  const checked: JsonObject = {};
  for (const [name, value] of Object.entries(given)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) throw unexpected(kind, name);
    checked[name] = checkedValue(kind, name, field, value);
  }
  for (const [name, field] of Object.entries(fields)) {
    if (Object.hasOwn(checked, name)) continue;
    if (field.default === undefined) {
      throw new InspectorError('invalid', `Schema error for ${kind}: '${name}' is a required property`);
    }
    checked[name] = structuredClone(field.default);
  }
  return checked;
}

/** @throws InspectorError `invalid` when a new resource may not be given this field. */
export function refuseUnsettable(kind: Kind, fields: Fields, given: JsonObject): void {
  for (const name of Object.keys(given)) {
    const set = Object.hasOwn(fields, name) ? fields[name]?.set : undefined;
    if (set !== 'create' && set !== 'create-only') throw unexpected(kind, name);
  }
}

function checkedValue(kind: Kind, name: string, field: Field, value: JsonValue): JsonValue {
  if (value === null && field.default !== undefined) return structuredClone(field.default);
  switch (field.type) {
    case 'flag':
      return flag(name, value);
    case 'object':
      if (isObject(value)) return value;
      throw wrongType(kind, value, name, 'object');
    case 'list':
      if (Array.isArray(value)) return value;
      throw wrongType(kind, value, name, 'array');
    case 'uuid':
      return uuid(kind, name, value);
    case 'address':
      return address(kind, name, value);
    default:
      return checkedText(kind, name, field, value);
  }
}

const trueWords = ['t', 'true', 'on', 'y', 'yes', '1'];
const falseWords = ['f', 'false', 'off', 'n', 'no', '0'];

function flag(name: string, value: JsonValue): boolean {
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (trueWords.includes(word)) return true;
  if (falseWords.includes(word)) return false;
  throw new InspectorError(
    'invalid',
    `Invalid ${name}: Unrecognized value '${shown(value)}', acceptable values are: ${[...falseWords, ...trueWords].map((each) => `'${each}'`).join(', ')}`,
  );
}

function uuid(kind: Kind, name: string, value: JsonValue): string {
  if (typeof value !== 'string') throw wrongType(kind, value, name, 'string');
  const canonical = canonicalUuid(value);
  if (canonical === undefined)
    throw new InspectorError('invalid', `Expected UUID for ${name}: ${cut(value)}`);
  return canonical;
}

function address(kind: Kind, name: string, value: JsonValue): string {
  if (typeof value !== 'string') throw wrongType(kind, value, name, 'string');
  const mac = normalMac(value);
  if (mac === undefined)
    throw new InspectorError('invalid', `Expected valid MAC address for ${name}: ${cut(value)}`);
  return mac;
}

function checkedText(kind: Kind, name: string, { maxLength }: Field, value: JsonValue): string {
  if (typeof value !== 'string') throw wrongType(kind, value, name, 'string');
  if (maxLength !== undefined && value.length > maxLength) {
    throw new InspectorError(
      'invalid',
      `Schema error for ${kind}: '${cut(value)}' is too long for ${name}, expected at most ${maxLength} characters`,
    );
  }
  return value;
}

function unexpected(kind: Kind, name: string): InspectorError {
  return new InspectorError(
    'invalid',
    `Schema error for ${kind}: Additional properties are not allowed ('${cut(name)}' was unexpected)`,
  );
}

function wrongType(kind: Kind, value: JsonValue, name: string, expected: string): InspectorError {
  return new InspectorError(
    'invalid',
    `Schema error for ${kind}: ${shown(value)} is not of type '${expected}' (${name})`,
  );
}

function shown(value: JsonValue): string {
  return cut(typeof value === 'string' ? value : JSON.stringify(value));
}

function cut(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}...` : text;
}
