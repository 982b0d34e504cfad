import type { ExampleDocumentation, OperationDocumentation } from '../../../json/documented-operation.ts';
import { schemaNamed, textSchema } from '../../../json/json-schema.ts';
import { states } from '../../../nodes/states.ts';
import { exampleNames } from '../example-names.ts';
import { exampleStatus, nodeParameter, statusListSchema } from './introspection-schemas.ts';
import { pageParameters } from './page-parameters.ts';

const tag = 'Introspection';
const { node, nodeName, otherNode } = exampleNames;

/** The answer where a node has never been introspected. */
export const unknownNodeAnswer = { description: 'No node of this UUID or name is known.' };

/** A name that the bare metal service does not know; the same everywhere. */
export const unknownName: ExampleDocumentation = {
  name: 'unknown-name',
  summary: 'A name that no node has',
  parameters: { node: 'no-such-node' },
  status: 404,
  answer: 'Node no-such-node was not found in Ironic',
};

/** A UUID that was never introspected. */
export const unknownUuid: ExampleDocumentation = {
  name: 'unknown-uuid',
  summary: 'A node that was never introspected',
  parameters: { node: otherNode },
  status: 404,
  answer: `Could not find node ${otherNode} in cache`,
};

/** What is accepted, and done in the background. */
export const acceptedAnswer = {
  description: 'Accepted; the status of the introspection shows how it goes on.',
  schema: schemaNamed('Empty'),
};

/** `GET /v1/introspection`; its names and limits are those that the route checks. */
export const listIntrospectionsDocumentation = (maxLimit: number): OperationDocumentation => ({
  id: 'listIntrospections',
  tag,
  summary: 'List introspections',
  description:
    'Of all nodes that were ever introspected and are still known, latest start first. The next page begins behind the last `uuid` of this one, given as `marker`; the last page is an empty list.',
  since: '1.8',
  parameters: [
    ...pageParameters(maxLimit, 'UUID of the entry'),
    {
      in: 'query',
      name: 'state',
      description: `Only introspections in one of these states, separated by commas: ${states.join(', ')}. Since version 1.18.`,
      schema: textSchema('State names.'),
    },
  ],
  answers: {
    200: { description: 'A page of statuses.', schema: statusListSchema },
    400: { description: 'A parameter is none.' },
    404: { description: 'The marker is no entry.' },
  },
  examples: [
    {
      name: 'ended-well',
      summary: 'The ten latest that have ended well',
      parameters: { limit: '10', state: 'finished' },
      status: 200,
      answer: { introspection: [exampleStatus] },
    },
    {
      name: 'last-page',
      summary: 'Behind the last entry is nothing',
      parameters: { marker: node },
      status: 200,
      answer: { introspection: [] },
    },
    {
      name: 'limit-too-large',
      summary: 'More than a page can have',
      parameters: { limit: String(maxLimit + 1) },
      status: 400,
      answer: `Bad request: Limit over ${maxLimit}`,
    },
    {
      name: 'no-limit',
      summary: 'A limit that is no number',
      parameters: { limit: 'ten' },
      status: 400,
      answer: "Bad request: invalid literal for int() with base 10: 'ten'",
    },
    {
      name: 'no-marker',
      summary: 'A marker that is no UUID',
      parameters: { marker: 'first' },
      status: 400,
      answer: 'Bad request: Marker not UUID-like',
    },
    {
      name: 'unknown-state',
      summary: 'A state that there is not',
      parameters: { state: 'waiting,gone' },
      status: 400,
      answer: 'Bad request: State(s) "gone" are not valid',
    },
    {
      name: 'unknown-marker',
      summary: 'A marker that is no entry',
      parameters: { marker: otherNode },
      status: 404,
      answer: 'The requested node was not found.',
    },
  ],
});

/** `GET /v1/introspection/<node>` */
export const introspectionStatusDocumentation: OperationDocumentation = {
  id: 'showIntrospection',
  tag,
  summary: 'Show how far an introspection is',
  description: 'Wait until `finished` is true, then look at `error`.',
  parameters: [nodeParameter],
  answers: {
    200: { description: 'The status.', schema: schemaNamed('Status') },
    404: unknownNodeAnswer,
  },
  examples: [
    {
      name: 'ended',
      summary: 'One that has ended well',
      parameters: { node },
      status: 200,
      answer: exampleStatus,
    },
    {
      name: 'running',
      summary: 'One that waits for its ramdisk, by the name of the node',
      parameters: { node: nodeName },
      status: 200,
      answer: { ...exampleStatus, state: 'waiting', finished: false, finished_at: null },
    },
    unknownUuid,
    unknownName,
  ],
};

/** `POST /v1/introspection/<node>`; the words are those that the route takes. */
export const startIntrospectionDocumentation = (words: readonly string[]): OperationDocumentation => ({
  id: 'startIntrospection',
  tag,
  summary: 'Start an introspection',
  description:
    'The machine is booted over the network and switched on, unless somebody else does that. A body is not looked at. What a former introspection has found is dropped.',
  parameters: [
    nodeParameter,
    {
      in: 'query',
      name: 'manage_boot',
      description: `Whether the machine is booted for it; true when not given. One of ${words.join(', ')}, in any case. Since version 1.13.`,
      schema: textSchema('A boolean in words.'),
    },
  ],
  answers: {
    202: acceptedAnswer,
    400: {
      description:
        'The node or its introspection is in a state in which it cannot be started, or manage_boot is none.',
    },
    404: unknownNodeAnswer,
  },
  examples: [
    { name: 'started', summary: 'By UUID', parameters: { node }, status: 202, answer: {} },
    {
      name: 'booted-by-others',
      summary: 'The machine is booted by somebody else, as Ironic does',
      parameters: { node: nodeName, manage_boot: 'false' },
      status: 202,
      answer: {},
    },
    {
      name: 'no-boolean',
      summary: 'A manage_boot that is none',
      parameters: { node, manage_boot: 'maybe' },
      status: 400,
      answer: 'Invalid boolean value for manage_boot: maybe',
    },
    {
      name: 'unknown-node',
      summary: 'A node that the bare metal service does not know',
      parameters: { node: otherNode },
      status: 404,
      answer: `Node ${otherNode} was not found in Ironic`,
    },
    unknownName,
  ],
});

/** `POST /v1/introspection/<node>/abort` */
export const abortIntrospectionDocumentation: OperationDocumentation = {
  id: 'abortIntrospection',
  tag,
  summary: 'Call an introspection off',
  description:
    'It ends in the state error with `Canceled by operator`, and the machine is switched off. One that does not wait for its ramdisk stays as it is.',
  since: '1.3',
  parameters: [nodeParameter],
  answers: {
    202: acceptedAnswer,
    404: unknownNodeAnswer,
    409: { description: 'The node is being worked on; try again.' },
  },
  examples: [
    { name: 'aborted', summary: 'By name', parameters: { node: nodeName }, status: 202, answer: {} },
    unknownUuid,
    unknownName,
  ],
};
