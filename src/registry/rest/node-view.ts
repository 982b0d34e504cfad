import type { JsonObject } from '../../json/json-value.ts';
import { type Listed, withoutSecrets } from '../node-document.ts';
import { nodeFields } from '../node-fields.ts';
import { linksTo } from './links.ts';
import type { Call } from './route.ts';
import { shownMembers } from './shown-fields.ts';

/**
 * A node as a client sees it: in the fields of its API version, without secrets, with links.
 *
 * @param fields All when absent.
 * @param host The service's name, in place of Ironic's conductor.
 */
export function nodeView(node: Listed, call: Call, host: string, fields?: readonly string[]): JsonObject {
  const { minor, base } = call;
  const busy = (node.target_power_state ?? null) !== null || node.provision_state === 'verifying';
  const complete = { ...withoutSecrets(node), conductor: host, reservation: busy ? host : null };
  const path = `nodes/${node.uuid}`;
  const view: JsonObject = {
    ...shownMembers(nodeFields, complete, fields, minor),
    links: linksTo(base, path),
  };
  const { provision_state: state } = view;
  if (typeof state === 'string') view.provision_state = provisionStateFor(minor, state);
  if (fields === undefined) {
    view.ports = linksTo(base, `${path}/ports`);
    if (minor >= 14) view.states = linksTo(base, `${path}/states`);
  }
  return view;
}

/** States that older clients do not know have another name for them. */
export function provisionStateFor(minor: number, state: string): string | null {
  if (minor < 2 && state === 'available') return null;
  return minor < 39 && state === 'inspect wait' ? 'inspecting' : state;
}
