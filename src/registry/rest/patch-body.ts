import type { Patch, PatchOperation } from '../../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import { isObject, type JsonValue } from '../../json/json-value.ts';
import type { Fields } from '../field.ts';
import { refuseNewer } from './shown-fields.ts';

/** Operations of one patch; clients send a handful. */
export const mostOperations = 1000;

/**
 * The JSON patch that the body of a PATCH holds.
 *
 * @throws InspectorError `invalid` for anything but a list of operations, `not-acceptable` when one sets a
 *   field that is newer than the request's version.
 */
export function patchOf(body: JsonValue | undefined, fields: Fields, minor: number): Patch {
  if (!Array.isArray(body)) throw refused('expected a list of operations');
  if (body.length > mostOperations)
    throw refused(`expected at most ${mostOperations} operations, got ${body.length}`);
  const patch = body.map(operationOf);
  const set = patch.filter(({ op }) => op !== 'remove').map(({ path }) => path.split('/')[1] ?? '');
  refuseNewer(fields, set, minor);
  return patch;
}

function operationOf(operation: JsonValue): PatchOperation {
  if (!isObject(operation)) throw refused('an operation is no object');
  const { op, path, value, ...others } = operation;
  const [unexpected] = Object.keys(others);
  if (unexpected !== undefined)
    throw refused(`Additional properties are not allowed ('${unexpected.slice(0, 100)}' was unexpected)`);
  if (typeof path !== 'string' || !/^(?:\/[^/]+)+$/.test(path)) {
    throw refused(
      `path: expected /field or /field/member, got ${JSON.stringify(path ?? null).slice(0, 100)}`,
    );
  }
  if (op === 'remove') return { op, path };
  if (op !== 'add' && op !== 'replace') {
    throw refused(
      `op: ${JSON.stringify(op ?? null).slice(0, 100)} is not one of ['add', 'replace', 'remove']`,
    );
  }
  if (value === undefined) throw refused(`'value' is a required property of '${op}' ${path.slice(0, 100)}`);
  return { op, path, value };
}

function refused(reason: string): InspectorError {
  return new InspectorError('invalid', `Schema error for patch: ${reason}`);
}
