import type { ExampleDocumentation, OperationDocumentation } from '../../../json/documented-operation.ts';
import { listSchema, objectSchema, schemaNamed, textSchema } from '../../../json/json-schema.ts';
import { exampleNames } from './example-names.ts';
import { busyNodeAnswer, examplePort, listedPort, newPort, unknownNode } from './examples.ts';
import { nodeParameter, pathParameter, type QueryName, queryDocumentation } from './parameters.ts';

const tag = 'Registry: ports';
const { mac, node, otherPort, port } = exampleNames;

const portList = objectSchema(
  {
    ports: listSchema(schemaNamed('Port'), 'A page of ports.'),
    next: textSchema('The address of the next page; not there on the last one.'),
  },
  { optional: ['next'] },
);

const portParameter = pathParameter('port', 'The UUID of the port.');
const unknownPortAnswer = { description: 'There is no such port.' };

const unknownPort: ExampleDocumentation = {
  name: 'unknown-port',
  summary: 'A port that is not there',
  parameters: { port: otherPort },
  status: 404,
  answer: `Port ${otherPort} could not be found.`,
};

/** The four lists of ports: of all or of one node, with the usual members or with all. */
export function listPortsDocumentation(
  { ofNode, detail }: { readonly ofNode: boolean; readonly detail: boolean },
  parameters: readonly QueryName[],
): OperationDocumentation {
  const ofWhom = ofNode ? { parameters: { node } } : {};
  return {
    id: `list${ofNode ? 'Node' : ''}Port${detail ? 'Details' : 's'}`,
    tag,
    summary: `List ${ofNode ? 'the ports of a node' : 'ports'}${detail ? ' with all their members' : ''}`,
    parameters: [...(ofNode ? [nodeParameter] : []), ...queryDocumentation(parameters)],
    answers: {
      200: { description: 'A page of ports.', schema: portList },
      400: { description: 'A parameter is none, or is not known.' },
      404: { description: 'There is no such node or portgroup.' },
    },
    examples: [
      {
        name: 'all',
        summary: detail ? 'All members' : 'The usual members',
        ...ofWhom,
        status: 200,
        answer: { ports: [detail ? examplePort : listedPort] },
      },
      {
        name: 'no-address',
        summary: 'An address that is none',
        parameters: { ...ofWhom.parameters, address: 'eno1' },
        status: 400,
        answer: 'Expected valid MAC address for address: eno1',
      },
      { ...unknownNode, summary: 'The ports of a node that is not there' },
    ],
  };
}

/** `POST /ports` */
export const createPortDocumentation: OperationDocumentation = {
  id: 'createPort',
  tag,
  summary: 'Create a port',
  body: { description: 'The port.', required: true, schema: schemaNamed('NewPort') },
  answers: {
    201: {
      description: 'Created.',
      schema: schemaNamed('Port'),
      headers: { Location: 'The address of the port.' },
    },
    400: { description: 'A member is missing, unknown or wrong, or there is no such node.' },
    409: { description: 'Another port has the UUID or the MAC address.' },
  },
  examples: [
    { name: 'created', summary: 'A port with a UUID', body: newPort, status: 201, answer: examplePort },
    {
      name: 'no-address',
      summary: 'A port without an address',
      body: { node_uuid: node },
      status: 400,
      answer: "Schema error for port: 'address' is a required property",
    },
    {
      name: 'there-already',
      summary: 'A MAC address that a port has',
      body: { node_uuid: node, address: mac },
      status: 409,
      answer: `A port with MAC address ${mac} already exists.`,
    },
  ],
};

/** `GET /ports/:port` */
export const showPortDocumentation = (parameters: readonly QueryName[]): OperationDocumentation => ({
  id: 'showPort',
  tag,
  summary: 'Show a port',
  parameters: [portParameter, ...queryDocumentation(parameters)],
  answers: {
    200: { description: 'The port.', schema: schemaNamed('Port') },
    400: { description: 'A parameter is none, or is not known.' },
    404: unknownPortAnswer,
  },
  examples: [
    { name: 'shown', summary: 'By UUID', parameters: { port }, status: 200, answer: examplePort },
    {
      name: 'no-field',
      summary: 'A member that ports do not have',
      parameters: { port, fields: 'colour' },
      status: 400,
      answer: 'Field(s) "colour" are not valid',
    },
    unknownPort,
  ],
});

/** `PATCH /ports/:port` */
export const patchPortDocumentation: OperationDocumentation = {
  id: 'updatePort',
  tag,
  summary: 'Change a port',
  parameters: [portParameter],
  body: { description: 'What to change.', required: true, schema: schemaNamed('Patch') },
  answers: {
    200: { description: 'The port as it is now.', schema: schemaNamed('Port') },
    400: { description: 'No such patch, or one that makes no port.' },
    404: unknownPortAnswer,
    409: busyNodeAnswer,
  },
  examples: [
    {
      name: 'changed',
      summary: 'A note',
      parameters: { port },
      body: [{ op: 'add', path: '/extra/label', value: 'left' }],
      status: 200,
      answer: { ...examplePort, extra: { label: 'left' }, updated_at: exampleNames.time },
    },
    {
      name: 'no-patch',
      summary: 'An object, which is no patch',
      parameters: { port },
      body: { address: mac },
      status: 400,
      answer: 'Schema error for patch: expected a list of operations',
    },
    { ...unknownPort, body: [] },
  ],
};

/** `DELETE /ports/:port` */
export const deletePortDocumentation: OperationDocumentation = {
  id: 'deletePort',
  tag,
  summary: 'Delete a port',
  parameters: [portParameter],
  answers: { 204: { description: 'It is gone.' }, 404: unknownPortAnswer, 409: busyNodeAnswer },
  examples: [{ name: 'deleted', summary: 'By UUID', parameters: { port }, status: 204 }, unknownPort],
};
