import { InspectorError } from '../../errors/inspector-error.ts';
import type { JsonObject } from '../../json/json-value.ts';
import type { NodeDocument } from '../node-document.ts';
import { nodeFields } from '../node-fields.ts';
import { isHostName } from '../node-name.ts';
import type { Registry } from '../registry.ts';
import { addressedNode } from './addressed-node.ts';
import {
  createNodeDocumentation,
  deleteNodeDocumentation,
  patchNodeDocumentation,
  showNodeDocumentation,
} from './documentation/nodes.ts';
import { urlOf } from './links.ts';
import { requireMinor } from './microversion.ts';
import { nodeView } from './node-view.ts';
import { patchOf } from './patch-body.ts';
import { type Answer, type Call, objectOf, type Route } from './route.ts';
import { refuseNewer, requestedFields } from './shown-fields.ts';

const showParameters = ['fields'] as const;
const patchParameters = ['reset_interfaces'] as const;

/** Showing, creating, changing and deleting a node. */
export function nodeRoutes(registry: Registry): Route[] {
  const path = '/nodes/:node';
  return [
    {
      method: 'POST',
      path: '/nodes',
      documentation: createNodeDocumentation,
      handle: (call) => createNode(registry, call),
    },
    {
      method: 'GET',
      path,
      documentation: showNodeDocumentation(showParameters),
      handle: (call) => showNode(registry, call),
    },
    {
      method: 'PATCH',
      path,
      documentation: patchNodeDocumentation(patchParameters),
      handle: (call) => patchNode(registry, call),
    },
    {
      method: 'DELETE',
      path,
      documentation: deleteNodeDocumentation,
      handle: (call) => deleteNode(registry, call),
    },
  ];
}

async function createNode({ nodes, context: { host } }: Registry, call: Call): Promise<Answer> {
  const given = objectOf(call, 'node');
  const set = Object.keys(given).filter((name) => given[name] !== null);
  refuseNewer(nodeFields, set, call.minor);
  refuseName(given.name, call.minor);
  const node = await nodes.create(given, call.minor < 11 ? 'available' : 'enroll');
  return { status: 201, body: nodeView(node, call, host), location: urlOf(call.base, `nodes/${node.uuid}`) };
}

async function showNode({ nodes, context: { host } }: Registry, call: Call): Promise<Answer> {
  const fields = requestedFields(nodeFields, call.query.only(...showParameters).list('fields'), call.minor);
  return { status: 200, body: nodeView(await addressedNode(nodes, call), call, host, fields) };
}

async function patchNode({ nodes, context: { host } }: Registry, call: Call): Promise<Answer> {
  const resetInterfaces = call.query.only(...patchParameters).flag('reset_interfaces');
  if (resetInterfaces !== undefined) requireMinor(call.minor, 45);
  const patch = patchOf(call.body, nodeFields, call.minor);
  for (const operation of patch) {
    if (operation.path === '/name' && operation.op !== 'remove') refuseName(operation.value, call.minor);
  }
  const { uuid } = await addressedNode(nodes, call);
  const node = await nodes.patch(uuid, patch, resetInterfaces ?? false, (current) =>
    refuseInTransition(current, call),
  );
  return { status: 200, body: nodeView(node, call, host) };
}

async function deleteNode({ nodes }: Registry, call: Call): Promise<Answer> {
  call.query.only();
  await nodes.delete((await addressedNode(nodes, call)).uuid);
  return { status: 204 };
}

function refuseName(name: JsonObject[string] | undefined, minor: number): void {
  if (typeof name !== 'string' || minor >= 10 || isHostName(name)) return;
  throw new InspectorError(
    'invalid',
    `Cannot use the invalid name '${name.slice(0, 300)}': expected a host name`,
  );
}

/** The introspection changes a node while it is inspected; for others it is not the time. */
function refuseInTransition({ uuid, provision_state: state }: NodeDocument, { minor }: Call): void {
  if (state === 'verifying') {
    throw new InspectorError(
      'conflict',
      `Node ${uuid} can not be updated while a state transition is in progress.`,
    );
  }
  if (state === 'inspecting' && minor >= 39) {
    throw new InspectorError('conflict', `Cannot update node "${uuid}" while it is in state "inspecting".`);
  }
}
