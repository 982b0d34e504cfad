import { isDeepStrictEqual } from 'node:util';
import { applyPatch } from 'rfc6902';
import { InspectorError } from '../errors/inspector-error.ts';
import { isObject, type JsonObject, type JsonValue } from './json-value.ts';

/** An operation of RFC 6902; `copy` and `move` are not used by the bare metal API. */
export type JsonPatchOperation =
  | { op: 'add' | 'replace' | 'test'; path: string; value: JsonValue }
  | { op: 'remove'; path: string };

/**
 * Applies the operations, in order, to a copy of the document, and returns the copy.
 *
 * @throws InspectorError `invalid` naming the operation that does not fit the document (RFC 6902, section 5).
 */
export function patched<T extends JsonObject>(document: T, patch: readonly JsonPatchOperation[]): T {
  const copy = structuredClone(document);
  for (const operation of patch) {
    const error = fits(copy, operation) ? applied(copy, operation) : missing;
    if (error !== null && error !== undefined) {
      throw new InspectorError(
        'invalid',
        `Couldn't apply patch '${JSON.stringify(operation)}': ${error.name}`,
      );
    }
  }
  return copy;
}

const missing = { name: 'MissingError' };

/** The library's own test puts the values into a message, and not every value can be put into one. */
function applied(document: JsonObject, operation: JsonPatchOperation): { name: string } | null | undefined {
  if (operation.op !== 'test') return applyPatch(document, [structuredClone(operation)])[0];
  const isEqual = isDeepStrictEqual(valueAt(document, operation.path), operation.value);
  return isEqual ? undefined : { name: 'TestError' };
}

/**
 * Whether the operation's place is there, through own members alone: `/extra/toString/x` would change what
 * all objects share, and `/list/length` the length of a list.
 */
function fits(document: JsonObject, { op, path }: JsonPatchOperation): boolean {
  const tokens = tokensOf(path);
  const last = tokens.pop();
  const parent = ownValue(document, tokens);
  if (last === undefined || typeof parent !== 'object' || parent === null) return false;
  if (Array.isArray(parent)) return last === '-' ? op === 'add' : /^(?:0|[1-9]\d*)$/.test(last);
  return op === 'add' || Object.hasOwn(parent, last);
}

/**
 * The document with one member of one of its objects set. Only the objects on the way are copied, which for a large
 * document is far less work than `patched`. `undefined` where the way leads through a list, or nowhere.
 */
export function withMember<T extends JsonObject>(document: T, path: string, value: JsonValue): T | undefined {
  return set(document, tokensOf(path), value) as T | undefined;
}

function set(object: JsonObject, tokens: readonly string[], value: JsonValue): JsonObject | undefined {
  const [name = '', ...rest] = tokens;
  if (rest.length === 0) return { ...object, [name]: value };
  const member = Object.hasOwn(object, name) ? object[name] : undefined;
  const changed = isObject(member) ? set(member, rest, value) : undefined;
  return changed === undefined ? undefined : { ...object, [name]: changed };
}

/** The value at a JSON pointer (RFC 6901), or `undefined` when there is none. */
export function valueAt(document: JsonObject, path: string): JsonValue | undefined {
  return ownValue(document, tokensOf(path));
}

function ownValue(document: JsonObject, tokens: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = document;
  for (const token of tokens) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return undefined;
    value = (value as JsonObject)[token];
  }
  return value;
}

function tokensOf(path: string): string[] {
  const [root, ...tokens] = path.split('/').map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (root === '' && tokens.length > 0 && !tokens.some((token) => unsafeNames.includes(token))) return tokens;
  throw new InspectorError('invalid', `Invalid patch path '${path}': expected /name or /name/name`);
}

/** The pointer library steps over these. */
const unsafeNames = ['__proto__', 'constructor', 'prototype'];
