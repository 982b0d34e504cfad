import { applyPatch, Pointer } from 'rfc6902';
import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonObject, JsonValue } from './json-value.ts';

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
    refuseUnsafePath(operation.path);
    const [error] = applyPatch(copy, [structuredClone(operation)]);
    if (error !== null && error !== undefined) {
      throw new InspectorError('invalid', `Couldn't apply patch '${JSON.stringify(operation)}': ${error.name}`);
    }
  }
  return copy;
}

/** The value at a JSON pointer (RFC 6901), or `undefined` when there is none. */
export function valueAt(document: JsonObject, path: string): JsonValue | undefined {
  refuseUnsafePath(path);
  return Pointer.fromJSON(path).get(document) as JsonValue | undefined;
}

function refuseUnsafePath(path: string): void {
  const parts = path.split('/');
  if (parts[0] !== '' || parts.includes('__proto__') || parts.includes('constructor')) {
    throw new InspectorError('invalid', `Invalid patch path '${path}': expected /name or /name/name`);
  }
}
