import type { Patch } from '../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { type Fields, patchable } from './field.ts';

/**
 * The fields that a patch touches.
 *
 * @throws InspectorError `invalid` when one of them may not be patched.
 */
export function patchedFields(fields: Fields, patch: Patch): Set<string> {
  const allowed = patchable(fields);
  const touched = new Set<string>();
  for (const { path } of patch) {
    const [, name = ''] = path.split('/');
    if (name === 'traits') {
      throw new InspectorError(
        'invalid',
        'Cannot update node traits via node patch. Node traits should be updated via the node traits API.',
      );
    }
    if (!allowed.includes(name)) {
      throw new InspectorError(
        'invalid',
        `Cannot patch ${path}. Only the following can be updated: ${allowed.join(', ')}`,
      );
    }
    touched.add(name);
  }
  return touched;
}
