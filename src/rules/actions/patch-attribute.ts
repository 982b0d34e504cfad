import type { PatchOperation } from '../../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import { looksSecret } from '../../logging/mask-secrets.ts';
import type { NodeDraft } from '../../nodes/node-draft.ts';

/**
 * Changes one place of the node. Whatever goes wrong, the error does not tell what should have become of a place
 * that looks secret.
 *
 * @throws InspectorError `invalid` when the operation does not fit the node.
 */
export function patchAttribute(
  node: NodeDraft,
  operation: PatchOperation,
  options: { resetInterfaces?: boolean } = {},
): void {
  try {
    node.patch([operation], options);
  } catch (error) {
    if (!(error instanceof InspectorError) || !looksSecret(operation.path)) throw error;
    throw new InspectorError(error.kind, `the node has no place for ${operation.path}`);
  }
}
