import { InspectorError } from '../../errors/inspector-error.ts';
import type { JsonObject } from '../../json/json-value.ts';
import { type PowerRequest, powerRequests } from '../power/power-driver.ts';
import { type IntrospectionHooks, provisionVerbs } from '../provisioning.ts';
import type { Registry } from '../registry.ts';
import { invalidStateRequested } from '../registry-errors.ts';
import { addressedNode } from './addressed-node.ts';
import {
  provisionDocumentation,
  setPowerDocumentation,
  showStatesDocumentation,
} from './documentation/states.ts';
import { urlOf } from './links.ts';
import { requireMinor } from './microversion.ts';
import { provisionStateFor } from './node-view.ts';
import { type Answer, type Call, objectOf, only, paramOf, type Route, requiredText } from './route.ts';

/** Versions that brought a verb; the others have always been there. */
const verbVersions: Readonly<Record<string, number>> = { manage: 4, provide: 4, inspect: 6, abort: 13 };

/** What `GET .../states` shows, with the version that brought it. */
const stateFields: Readonly<Record<string, number>> = {
  boot_mode: 75,
  console_enabled: 1,
  last_error: 1,
  power_state: 1,
  provision_updated_at: 1,
  raid_config: 12,
  secure_boot: 75,
  target_power_state: 1,
  target_provision_state: 1,
  target_raid_config: 12,
};

/** Power and provision states of a node. */
export function stateRoutes(registry: Registry, hooks: IntrospectionHooks): Route[] {
  const path = '/nodes/:node/states';
  return [
    {
      method: 'GET',
      path,
      documentation: showStatesDocumentation(Object.keys(stateFields)),
      handle: (call) => showStates(registry, call),
    },
    {
      method: 'PUT',
      path: `${path}/power`,
      documentation: setPowerDocumentation,
      handle: (call) => setPower(registry, call),
    },
    {
      method: 'PUT',
      path: `${path}/provision`,
      documentation: provisionDocumentation(provisionVerbs),
      handle: (call) => provision(registry, hooks, call),
    },
  ];
}

async function showStates({ nodes }: Registry, call: Call): Promise<Answer> {
  const node = await addressedNode(nodes, call);
  const known = Object.keys(stateFields).filter((name) => (stateFields[name] ?? 0) <= call.minor);
  const states = Object.fromEntries(known.map((name) => [name, node[name] ?? null]));
  const provision_state = provisionStateFor(call.minor, node.provision_state);
  return { status: 200, body: { ...states, provision_state } };
}

async function setPower({ nodes, power }: Registry, call: Call): Promise<Answer> {
  const body = only(objectOf(call, 'power'), 'target', 'timeout');
  const node = await addressedNode(nodes, call);
  const target = requiredText(body, 'target');
  const timeout = timeoutOf(body);
  if (target.startsWith('soft ') || timeout !== undefined) requireMinor(call.minor, 27);
  if (!isPowerRequest(target)) {
    throw invalidStateRequested(target.slice(0, 100), node.uuid, node.power_state);
  }
  await power.request(node.uuid, target, timeout);
  return { status: 202, location: statesUrl(call) };
}

function timeoutOf({ timeout = null }: JsonObject): number | undefined {
  if (timeout === null) return undefined;
  if (typeof timeout === 'number' && Number.isInteger(timeout) && timeout >= 1) return timeout;
  throw new InspectorError('invalid', 'timeout has to be positive integer');
}

async function provision(
  { nodes, provisioning }: Registry,
  hooks: IntrospectionHooks,
  call: Call,
): Promise<Answer> {
  const body = objectOf(call, 'provision');
  const { uuid } = await addressedNode(nodes, call);
  const target = requiredText(body, 'target').slice(0, 100);
  // Config drives, steps and passwords go with verbs of deployment.
  const superfluous = Object.keys(body).find((name) => name !== 'target' && body[name] !== null);
  if (superfluous !== undefined) {
    throw new InspectorError(
      'invalid',
      `"${superfluous.slice(0, 100)}" is not valid when setting target provision state to ${target}`,
    );
  }
  requireMinor(call.minor, Object.hasOwn(verbVersions, target) ? (verbVersions[target] ?? 0) : 0);
  await provisioning.request(uuid, target, hooks, { requestId: call.requestId });
  return { status: 202, location: statesUrl(call) };
}

function isPowerRequest(target: string): target is PowerRequest {
  return powerRequests.some((request) => request === target);
}

function statesUrl(call: Call): string {
  return urlOf(call.base, `nodes/${encodeURIComponent(paramOf(call, 'node'))}/states`);
}
