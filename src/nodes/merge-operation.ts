import type { Patch, PatchOperation } from '../bare-metal/bare-metal-service.ts';

/**
 * Appends an operation to a patch. When an earlier one sets the very same member, and nothing between
 * them touches it from above or below, the later one takes its place: the result is the same and the
 * patch stays short.
 */
export function mergeOperation(patch: Patch, operation: PatchOperation): Patch {
  const earlier = patch.findLastIndex((other) => related(other.path, operation.path));
  const replaces =
    earlier >= 0 &&
    patch[earlier]?.path === operation.path &&
    isSetting(patch[earlier]) &&
    isSetting(operation) &&
    !mayCrossList(operation.path);
  if (!replaces) return [...patch, operation];
  const first = patch[earlier];
  return patch.with(earlier, { ...operation, op: first?.op } as PatchOperation);
}

/** An index may stand for another item by now. */
function mayCrossList(path: string): boolean {
  return /\/(?:-|\d+)(?:\/|$)/.test(path);
}

function isSetting(operation: PatchOperation | undefined): boolean {
  return operation?.op === 'add' || operation?.op === 'replace';
}

function related(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}
