import type { OperationDocumentation } from '../../../json/documented-operation.ts';
import { objectSchema, orNull, schemaNamed, textSchema } from '../../../json/json-schema.ts';
import { powerRequests } from '../../power/power-driver.ts';
import { exampleNames } from './example-names.ts';
import { busyNodeAnswer, manageableNode, unknownNode, unknownNodeAnswer } from './examples.ts';
import { nodeParameter } from './parameters.ts';

const tag = 'Registry: states';
const { node } = exampleNames;

const accepted = {
  description: 'Accepted; the states show how it goes on.',
  headers: { Location: 'The address of the states.' },
};

/** `GET /nodes/:node/states`; the names are those that the route shows. */
export const showStatesDocumentation = (names: readonly string[]): OperationDocumentation => ({
  id: 'showStates',
  tag,
  summary: 'Show the states of a node',
  parameters: [nodeParameter],
  answers: { 200: { description: 'The states.', schema: schemaNamed('States') }, 404: unknownNodeAnswer },
  examples: [
    {
      name: 'shown',
      summary: 'By UUID',
      parameters: { node },
      status: 200,
      answer: Object.fromEntries(
        [...names, 'provision_state'].map((name) => [name, manageableNode[name] ?? null]),
      ),
    },
    unknownNode,
  ],
});

/** `PUT /nodes/:node/states/power` */
export const setPowerDocumentation: OperationDocumentation = {
  id: 'setPower',
  tag,
  summary: 'Switch a machine on or off',
  parameters: [nodeParameter],
  body: {
    description: 'What to do.',
    required: true,
    schema: objectSchema(
      {
        target: textSchema('The soft ones, which leave it to the operating system, since 1.27.', {
          enum: [...powerRequests],
        }),
        timeout: orNull({ type: 'integer', minimum: 1, description: 'Seconds to wait for it. Since 1.27.' }),
      },
      { optional: ['timeout'] },
    ),
  },
  answers: {
    202: accepted,
    400: { description: 'There is no such target, or the driver is not set up.' },
    404: unknownNodeAnswer,
    409: busyNodeAnswer,
  },
  examples: [
    { name: 'on', summary: 'Switch it on', parameters: { node }, body: { target: 'power on' }, status: 202 },
    {
      name: 'no-target',
      summary: 'Without saying what',
      parameters: { node },
      body: {},
      status: 400,
      answer: 'Missing mandatory parameter: target',
    },
    { ...unknownNode, body: { target: 'power on' } },
  ],
};

/** `PUT /nodes/:node/states/provision`; the verbs are those that the registry knows. */
export const provisionDocumentation = (verbs: readonly string[]): OperationDocumentation => ({
  id: 'provision',
  tag,
  summary: 'Manage, inspect or provide a node, or abort its inspection',
  parameters: [nodeParameter],
  body: {
    description: 'What to do.',
    required: true,
    schema: {
      type: 'object',
      properties: { target: textSchema('The verb.', { enum: [...verbs] }) },
      required: ['target'],
    },
  },
  answers: {
    202: accepted,
    400: { description: "There is no such verb, or it does not fit the node's state." },
    404: unknownNodeAnswer,
    409: busyNodeAnswer,
  },
  examples: [
    {
      name: 'provided',
      summary: 'Provide it',
      parameters: { node },
      body: { target: 'provide' },
      status: 202,
    },
    {
      name: 'wrong-state',
      summary: 'Abort an inspection that does not run',
      parameters: { node },
      body: { target: 'abort' },
      status: 400,
      answer: `The requested action "abort" can not be performed on node "${node}" while it is in state "manageable".`,
    },
    { ...unknownNode, body: { target: 'provide' } },
  ],
});
