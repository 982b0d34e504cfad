import { isDeepStrictEqual } from 'node:util';
import type { Patch, PatchOperation } from '../bare-metal/bare-metal-service.ts';
import { patched, valueAt, withMember } from '../json/json-patch.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';

/** One operation and what it changed. */
export interface PatchStep {
  /** A copy, with an absolute path: whoever gave the operation may go on using its value. */
  readonly operation: PatchOperation;
  /** `undefined` for a `test`, which changes nothing. */
  readonly change: { readonly from: JsonValue | undefined; readonly to: JsonValue | undefined } | undefined;
}

/**
 * Applies a patch to a copy of the document. The steps are the operations that are worth sending: those
 * that changed something, and tests. A leading slash may be missing in paths, as in the original.
 *
 * @throws InspectorError `invalid` when an operation does not fit the document; nothing is applied then.
 */
export function patchSteps<T extends JsonObject>(document: T, patch: Patch): { next: T; steps: PatchStep[] } {
  let next = document;
  const steps: PatchStep[] = [];
  for (const given of patch) {
    const operation = copyOf(given);
    const before = next;
    const set = operation.op === 'remove' || operation.op === 'test' ? undefined : setting(before, operation);
    if (set !== undefined) {
      if (set.change === undefined) continue;
      next = set.next;
      steps.push({ operation, change: set.change });
      continue;
    }
    next = patched(before, [operation]);
    if (operation.op === 'test') steps.push({ operation, change: undefined });
    // Whole documents, since a list can change and still have the same value in the same place.
    else if (!isDeepStrictEqual(before, next)) steps.push({ operation, change: changeOf(before, operation) });
  }
  return { next, steps };
}

/**
 * The same for what is by far the most frequent, an object's member that is set, without a copy of the whole document: a
 * plan may change thousands of ports. `undefined` for anything else, errors among it.
 */
function setting<T extends JsonObject>(
  before: T,
  { op, path, value }: PatchOperation & { readonly value: JsonValue },
): { next: T; change: PatchStep['change'] } | undefined {
  const from = valueAt(before, path);
  if (op === 'replace' && from === undefined) return undefined;
  const next = withMember(before, path, detached(value));
  if (next === undefined) return undefined;
  const isChange = from === undefined || !isDeepStrictEqual(from, value);
  return { next, change: isChange ? { from, to: value } : undefined };
}

function copyOf(given: PatchOperation): PatchOperation {
  const path = absolute(given.path);
  return given.op === 'remove' ? { ...given, path } : { ...given, path, value: detached(given.value) };
}

function detached(value: JsonValue): JsonValue {
  return typeof value === 'object' ? structuredClone(value) : value;
}

function changeOf(before: JsonObject, operation: PatchOperation): PatchStep['change'] {
  const isInsertion = operation.op === 'add' && Array.isArray(parentOf(before, operation.path));
  return {
    from: isInsertion ? undefined : valueAt(before, operation.path),
    to: operation.op === 'remove' ? undefined : operation.value,
  };
}

function parentOf(document: JsonObject, path: string): JsonValue | undefined {
  const parent = path.slice(0, path.lastIndexOf('/'));
  return parent === '' ? document : valueAt(document, parent);
}

function absolute(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}
