import { InspectorError } from '../errors/inspector-error.ts';

/**
 * The path of a node, below `/v1`.
 *
 * @throws InspectorError `not-found` for what a path cannot hold, and names no node.
 */
export function nodePath(ident: string): string {
  if (fits(ident)) return `/nodes/${encodeURIComponent(ident)}`;
  throw new InspectorError('not-found', `Expected the UUID or name of a node, got "${ident}"`);
}

/** The path of a port, below `/v1`. @throws InspectorError as `nodePath` */
export function portPath(uuid: string): string {
  if (fits(uuid)) return `/ports/${encodeURIComponent(uuid)}`;
  throw new InspectorError('not-found', `Expected the UUID of a port, got "${uuid}"`);
}

/**
 * The path of a node's trait, below `/v1`. Without the trait it would be that of all of them.
 *
 * @throws InspectorError as `nodePath`, and `invalid` for what cannot be a trait.
 */
export function traitPath(uuid: string, trait: string): string {
  if (fits(trait)) return `${nodePath(uuid)}/traits/${encodeURIComponent(trait)}`;
  throw new InspectorError('invalid', `Expected a trait such as CUSTOM_GPU, got "${trait}"`);
}

/** Dots by themselves lead elsewhere, also when they are percent-encoded (WHATWG URL, path state). */
function fits(segment: string): boolean {
  return !['', '.', '..'].includes(segment);
}
