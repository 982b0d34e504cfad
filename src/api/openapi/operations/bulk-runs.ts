import { memberStates } from '../../../bulk/bulk-run.ts';
import type { OperationDocumentation, ParameterDocumentation } from '../../../json/documented-operation.ts';
import { listSchema, objectSchema, schemaNamed, textSchema } from '../../../json/json-schema.ts';
import { exampleNames } from '../example-names.ts';
import { nameSchema } from './bulk-schemas.ts';
import { pageParameters } from './page-parameters.ts';

const tag = 'Bulk runs';
const outside = "Not in ironic-inspector's own API.";
const { nodeName, otherNode, otherRule: otherRun } = exampleNames;

const runParameter: ParameterDocumentation = {
  in: 'path',
  name: 'run',
  description: 'The UUID of a bulk run, or `latest`.',
  schema: textSchema('A UUID or `latest`.', { minLength: 1 }),
};

const noRun = { description: 'There is no such run.' };
const noRunExample = {
  name: 'no-run',
  summary: 'A run that there is not',
  parameters: { run: otherRun },
  status: 404,
  answer: `Bulk run ${otherRun} was not found`,
};

const noMarker = {
  name: 'no-marker',
  summary: 'A marker that is no UUID',
  status: 400,
  answer: 'Bad request: Marker not UUID-like',
};

/** `POST /v1/introspection-runs` */
export const createBulkRunDocumentation: OperationDocumentation = {
  id: 'createBulkRun',
  tag,
  summary: 'Start the introspection of many nodes',
  description: `They are started one after another, as fast as machines come back from booting. ${outside}`,
  body: {
    description: 'The nodes by UUID or name, or a selector of nodes; one of the two.',
    required: true,
    schema: objectSchema(
      {
        nodes: listSchema(nameSchema('A UUID or a name.'), 'In the order in which they are to be started.', {
          minItems: 1,
        }),
        selector: schemaNamed('Selector'),
      },
      { optional: ['nodes', 'selector'] },
    ),
  },
  answers: {
    202: { description: 'The run; its nodes are queued.', schema: schemaNamed('WholeBulkRun') },
    400: { description: 'The body is none, or there are no such nodes, or too many.' },
  },
  examples: [
    { name: 'by-name', summary: 'Nodes by name', body: { nodes: [nodeName] }, status: 202 },
    {
      name: 'by-selector',
      summary: 'All that were never introspected',
      body: { selector: { provision_states: ['enroll', 'available', 'manageable'], never_inspected: true } },
      status: 202,
    },
    {
      name: 'unknown-node',
      summary: 'A node that the bare metal service does not have',
      body: { nodes: [otherNode] },
      status: 400,
      answer: `Nodes that the bare metal service does not have: ${otherNode}`,
    },
    {
      name: 'misspelled',
      summary: 'A member that there is not',
      body: { selector: { drivers: 'ipmi' } },
      status: 400,
      answer:
        'Bad request: expected only selector.provision_states, selector.driver, selector.resource_class, selector.name, selector.never_inspected, selector.last_failed, got selector.drivers',
    },
  ],
};

/** `GET /v1/introspection-runs` */
export const listBulkRunsDocumentation = (maxLimit: number): OperationDocumentation => ({
  id: 'listBulkRuns',
  tag,
  summary: 'List bulk runs',
  description: `The latest first; the last page is an empty list. ${outside}`,
  parameters: pageParameters(maxLimit, 'run'),
  answers: {
    200: {
      description: 'A page of runs.',
      schema: objectSchema({ runs: listSchema(schemaNamed('BulkRun'), 'The latest first.') }),
    },
    400: { description: 'A parameter is none.' },
    404: { description: 'The marker is no run.' },
  },
  examples: [
    { name: 'all', summary: 'All of them', status: 200 },
    { ...noMarker, parameters: { marker: 'first' } },
    { ...noRunExample, parameters: { marker: otherRun } },
  ],
});

/** `GET /v1/introspection-runs/<run>` */
export const showBulkRunDocumentation: OperationDocumentation = {
  id: 'showBulkRun',
  tag,
  summary: 'Show how far a bulk run is',
  description: outside,
  parameters: [runParameter],
  answers: { 200: { description: 'The run.', schema: schemaNamed('WholeBulkRun') }, 404: noRun },
  examples: [
    { name: 'latest', summary: 'The latest', parameters: { run: 'latest' }, status: 200 },
    noRunExample,
  ],
};

/** `GET /v1/introspection-runs/<run>/nodes` */
export const listBulkNodesDocumentation = (maxLimit: number): OperationDocumentation => ({
  id: 'listBulkNodes',
  tag,
  summary: 'List the nodes of a bulk run',
  description: `In the order in which they are started; the last page is an empty list. ${outside}`,
  parameters: [
    runParameter,
    ...pageParameters(maxLimit, 'node'),
    {
      in: 'query',
      name: 'state',
      description: `Only nodes in one of these states, separated by commas: ${memberStates.join(', ')}.`,
      schema: textSchema('State names.'),
    },
  ],
  answers: {
    200: {
      description: 'A page of nodes.',
      schema: objectSchema({ nodes: listSchema(schemaNamed('BulkNode'), 'In their order.') }),
    },
    400: { description: 'A parameter is none.' },
    404: { description: 'There is no such run, or the marker is none of its nodes.' },
  },
  examples: [
    { name: 'first-page', summary: 'All of them', parameters: { run: 'latest' }, status: 200 },
    {
      name: 'unknown-state',
      summary: 'A state that there is not',
      parameters: { run: 'latest', state: 'failed,gone' },
      status: 400,
      answer: 'Bad request: State(s) "gone" are not valid',
    },
    noRunExample,
  ],
});

/** `POST /v1/introspection-runs/<run>/cancel` */
export const cancelBulkRunDocumentation: OperationDocumentation = {
  id: 'cancelBulkRun',
  tag,
  summary: 'Start no further node of a bulk run',
  description: `Introspections that have begun go on, and the run ends with them. ${outside}`,
  parameters: [runParameter],
  answers: {
    202: { description: 'The run.', schema: schemaNamed('WholeBulkRun') },
    404: noRun,
    409: { description: 'The run has ended.' },
  },
  examples: [
    { name: 'cancelled', summary: 'The latest', parameters: { run: 'latest' }, status: 202 },
    noRunExample,
  ],
};

/** `DELETE /v1/introspection-runs/<run>` */
export const deleteBulkRunDocumentation: OperationDocumentation = {
  id: 'deleteBulkRun',
  tag,
  summary: 'Delete a bulk run that has ended',
  description: `The introspections stay. ${outside}`,
  parameters: [runParameter],
  answers: {
    204: { description: 'It is deleted.' },
    404: noRun,
    409: { description: 'The run goes on.' },
  },
  examples: [
    { name: 'deleted', summary: 'The latest', parameters: { run: 'latest' }, status: 204 },
    noRunExample,
  ],
};
