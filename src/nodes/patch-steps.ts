import { isDeepStrictEqual } from 'node:util';
import type { Patch, PatchOperation } from '../bare-metal/bare-metal-service.ts';
import { patched, valueAt } from '../json/json-patch.ts';
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
    const operation: PatchOperation = { ...structuredClone(given), path: absolute(given.path) };
    const before = next;
    next = patched(before, [operation]);
    if (operation.op === 'test') steps.push({ operation, change: undefined });
    // Whole documents, since a list can change and still have the same value in the same place.
    else if (!isDeepStrictEqual(before, next)) steps.push({ operation, change: changeOf(before, operation) });
  }
  return { next, steps };
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
