import type { ExampleDocumentation } from '../../../json/documented-operation.ts';
import type { JsonObject } from '../../../json/json-value.ts';
import type { Fields } from '../../field.ts';
import { withInterfaces } from '../../hardware-types.ts';
import { nodeFields } from '../../node-fields.ts';
import { portFields } from '../../port-fields.ts';
import { linksTo } from '../links.ts';
import { exampleNames } from './example-names.ts';

const { host, mac, node, nodeName, otherNode, port, root, time } = exampleNames;

/** Where the registry of the examples is. */
export const exampleBase = `${root}/baremetal`;

/** A new node of a client that gives UUID and name. */
export const newNode = { uuid: node, name: nodeName, driver: 'fake-hardware' } as const;

function defaultsOf(fields: Fields): JsonObject {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.default ?? null]));
}

/** The node of the examples when it has just been created. */
export const enrolledNode: JsonObject = {
  ...withInterfaces({ ...defaultsOf(nodeFields), ...newNode }),
  conductor: host,
  created_at: time,
  provision_state: 'enroll',
  links: linksTo(exampleBase, `nodes/${node}`),
  ports: linksTo(exampleBase, `nodes/${node}/ports`),
  states: linksTo(exampleBase, `nodes/${node}/states`),
};

/** The node of the examples when it can be introspected. */
export const manageableNode: JsonObject = {
  ...enrolledNode,
  provision_state: 'manageable',
  provision_updated_at: time,
  updated_at: time,
};

/** The usual members of the node in a list. */
export const listedNode: JsonObject = {
  instance_uuid: null,
  maintenance: false,
  name: nodeName,
  power_state: null,
  provision_state: 'manageable',
  uuid: node,
  links: linksTo(exampleBase, `nodes/${node}`),
};

/** A new port of a client that gives the UUID. */
export const newPort = { uuid: port, node_uuid: node, address: mac } as const;

/** The port of the example's node. */
export const examplePort: JsonObject = {
  ...defaultsOf(portFields),
  ...newPort,
  created_at: time,
  links: linksTo(exampleBase, `ports/${port}`),
};

/** The usual members of the port in a list. */
export const listedPort: JsonObject = {
  address: mac,
  uuid: port,
  links: linksTo(exampleBase, `ports/${port}`),
};

/** A node that is not there; every operation of a node answers the same. */
export const unknownNode: ExampleDocumentation = {
  name: 'unknown-node',
  summary: 'A node that is not there',
  parameters: { node: otherNode },
  status: 404,
  answer: `Node ${otherNode} could not be found.`,
};

/** Of the answers to operations of a node. */
export const unknownNodeAnswer = { description: 'There is no such node.' };

/** Of the answers to operations that change a node. */
export const busyNodeAnswer = { description: 'The node is being worked on; try again.' };
