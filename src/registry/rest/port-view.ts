import type { JsonObject } from '../../json/json-value.ts';
import type { Listed } from '../node-document.ts';
import { portFields } from '../port-fields.ts';
import { linksTo } from './links.ts';
import type { Call } from './route.ts';
import { shownMembers } from './shown-fields.ts';

/** A port as a client sees it: in the fields of its API version, with links. */
export function portView(port: Listed, { minor, base }: Call, fields?: readonly string[]): JsonObject {
  const links = linksTo(base, `ports/${port.uuid}`);
  return { ...shownMembers(portFields, port, fields, minor), links };
}
