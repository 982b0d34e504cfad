import type { OperationDocumentation } from '../../../json/documented-operation.ts';
import { listSchema, objectSchema, schemaNamed, textSchema } from '../../../json/json-schema.ts';
import { exampleNames } from './example-names.ts';
import {
  busyNodeAnswer,
  enrolledNode,
  listedNode,
  manageableNode,
  newNode,
  unknownNode,
  unknownNodeAnswer,
} from './examples.ts';
import { nodeParameter, type QueryName, queryDocumentation } from './parameters.ts';

const tag = 'Registry: nodes';
const { node, nodeName } = exampleNames;

const nodeList = objectSchema(
  {
    nodes: listSchema(schemaNamed('Node'), 'A page of nodes.'),
    next: textSchema('The address of the next page; not there on the last one.'),
  },
  { optional: ['next'] },
);

/** `GET /nodes` */
export const listNodesDocumentation = (parameters: readonly QueryName[]): OperationDocumentation => ({
  id: 'listNodes',
  tag,
  summary: 'List nodes',
  parameters: queryDocumentation(parameters),
  answers: {
    200: { description: 'A page of nodes.', schema: nodeList },
    400: { description: 'A parameter is none, or is not known.' },
  },
  examples: [
    { name: 'all', summary: 'The usual members', status: 200, answer: { nodes: [listedNode] } },
    {
      name: 'some-members',
      summary: 'The names of the nodes that can be introspected',
      parameters: { fields: 'name', provision_state: 'manageable' },
      status: 200,
      answer: { nodes: [{ name: nodeName, links: listedNode.links ?? [] }] },
    },
    {
      name: 'no-field',
      summary: 'A member that nodes do not have',
      parameters: { fields: 'colour' },
      status: 400,
      answer: 'Field(s) "colour" are not valid',
    },
  ],
});

/** `GET /nodes/detail` */
export const listNodeDetailsDocumentation = (parameters: readonly QueryName[]): OperationDocumentation => ({
  id: 'listNodeDetails',
  tag,
  summary: 'List nodes with all their members',
  parameters: queryDocumentation(parameters),
  answers: {
    200: { description: 'A page of nodes.', schema: nodeList },
    400: { description: 'A parameter is none, or is not known.' },
  },
  examples: [
    { name: 'all', summary: 'All members', status: 200, answer: { nodes: [manageableNode] } },
    {
      name: 'no-limit',
      summary: 'A page of nothing',
      parameters: { limit: '0' },
      status: 400,
      answer: 'Limit must be positive',
    },
  ],
});

/** `POST /nodes` */
export const createNodeDocumentation: OperationDocumentation = {
  id: 'createNode',
  tag,
  summary: 'Create a node',
  body: { description: 'The node.', required: true, schema: schemaNamed('NewNode') },
  answers: {
    201: {
      description: 'Created.',
      schema: schemaNamed('Node'),
      headers: { Location: 'The address of the node.' },
    },
    400: { description: 'A member is missing, unknown or wrong.' },
    409: { description: 'Another node has the UUID or the name.' },
  },
  examples: [
    {
      name: 'created',
      summary: 'A node with a UUID and a name',
      body: newNode,
      status: 201,
      answer: enrolledNode,
    },
    {
      name: 'no-driver',
      summary: 'A node without a driver',
      body: { name: nodeName },
      status: 400,
      answer: "Schema error for node: 'driver' is a required property",
    },
    {
      name: 'there-already',
      summary: 'A UUID that a node has',
      body: newNode,
      status: 409,
      answer: `A node with UUID ${node} already exists.`,
    },
  ],
};

/** `GET /nodes/:node` */
export const showNodeDocumentation = (parameters: readonly QueryName[]): OperationDocumentation => ({
  id: 'showNode',
  tag,
  summary: 'Show a node',
  parameters: [nodeParameter, ...queryDocumentation(parameters)],
  answers: {
    200: { description: 'The node.', schema: schemaNamed('Node') },
    400: { description: 'A parameter is none, or is not known.' },
    404: unknownNodeAnswer,
  },
  examples: [
    { name: 'shown', summary: 'By UUID', parameters: { node }, status: 200, answer: manageableNode },
    {
      name: 'some-members',
      summary: 'Some members, by name',
      parameters: { node: nodeName, fields: 'uuid,provision_state' },
      status: 200,
      answer: { uuid: node, provision_state: 'manageable', links: listedNode.links ?? [] },
    },
    {
      name: 'no-field',
      summary: 'A member that nodes do not have',
      parameters: { node, fields: 'colour' },
      status: 400,
      answer: 'Field(s) "colour" are not valid',
    },
    unknownNode,
  ],
});

/** `PATCH /nodes/:node` */
export const patchNodeDocumentation = (parameters: readonly QueryName[]): OperationDocumentation => ({
  id: 'updateNode',
  tag,
  summary: 'Change a node',
  parameters: [nodeParameter, ...queryDocumentation(parameters)],
  body: { description: 'What to change.', required: true, schema: schemaNamed('Patch') },
  answers: {
    200: { description: 'The node as it is now.', schema: schemaNamed('Node') },
    400: { description: 'No such patch, or one that makes no node.' },
    404: unknownNodeAnswer,
    409: busyNodeAnswer,
  },
  examples: [
    {
      name: 'changed',
      summary: 'A property',
      parameters: { node },
      body: [{ op: 'add', path: '/properties/cpu_arch', value: 'x86_64' }],
      status: 200,
      answer: { ...manageableNode, properties: { cpu_arch: 'x86_64' } },
    },
    {
      name: 'no-patch',
      summary: 'An object, which is no patch',
      parameters: { node },
      body: { name: 'rack1-u08' },
      status: 400,
      answer: 'Schema error for patch: expected a list of operations',
    },
    { ...unknownNode, body: [] },
  ],
});

/** `DELETE /nodes/:node` */
export const deleteNodeDocumentation: OperationDocumentation = {
  id: 'deleteNode',
  tag,
  summary: 'Delete a node and its ports',
  parameters: [nodeParameter],
  answers: {
    204: { description: 'It is gone.' },
    404: unknownNodeAnswer,
    409: busyNodeAnswer,
  },
  examples: [{ name: 'deleted', summary: 'By UUID', parameters: { node }, status: 204 }, unknownNode],
};
