import { InspectorError } from '../errors/inspector-error.ts';
import { canonicalUuid } from '../host/canonical-uuid.ts';

/** Words that follow `/v1/nodes/` in a URL, so that a node of that name could not be reached. */
const reservedNames = [
  'detail',
  'maintenance',
  'management',
  'ports',
  'states',
  'traits',
  'validate',
  'vendor_passthru',
];

/** The characters that need no escaping in a URL (RFC 3986, unreserved), at most 255 of them. */
export function isLogicalName(name: string): boolean {
  return /^[A-Za-z0-9._~-]{1,255}$/.test(name);
}

/** The names that API versions before 1.10 accept: a host name in lower case (RFC 1123). */
export function isHostName(name: string): boolean {
  if (name.length > 255) return false;
  return name
    .replace(/\.$/, '')
    .split('.')
    .every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label));
}

/**
 * Refuses a name that could not be told from a UUID or from another part of the API.
 *
 * @param complaint How the message begins, such as `Cannot create node with invalid name`.
 * @throws InspectorError `invalid`.
 */
export function requireNodeName(name: string, complaint: string): void {
  if (!isLogicalName(name) || canonicalUuid(name) !== undefined) {
    throw new InspectorError('invalid', `${complaint} '${name}'`);
  }
  if (reservedNames.includes(name)) {
    throw new InspectorError(
      'invalid',
      `The word "${name}" is reserved and can not be used as a node name. Reserved words are: ${reservedNames.join(', ')}.`,
    );
  }
}
