import type {
  ExampleDocumentation,
  OperationDocumentation,
  ParameterDocumentation,
} from '../../../json/documented-operation.ts';
import { listSchema, objectSchema, schemaNamed, textSchema } from '../../../json/json-schema.ts';
import { exampleNames } from '../example-names.ts';
import { changes, notCompared } from './history-schemas.ts';
import { exampleRamdiskData, nodeParameter } from './introspection-schemas.ts';
import { unknownName } from './introspections.ts';
import { pageParameters } from './page-parameters.ts';

const tag = 'History';
const { node, otherNode, otherRule: otherRun } = exampleNames;
const outside = "Not in ironic-inspector's own API.";

const runParameter: ParameterDocumentation = {
  in: 'path',
  name: 'run',
  description: 'The UUID of a run, or `latest` for the last in which the ramdisk has called back.',
  schema: textSchema('A UUID or `latest`.', { minLength: 1 }),
};

const timeParameter = (description: string): ParameterDocumentation => ({
  in: 'query',
  name: 'at',
  description,
  schema: textSchema('A time in ISO 8601, in UTC unless it says otherwise.'),
});
const latestAt = timeParameter('What `latest` is meant at: the last run that had ended by then.');

const noRun: ExampleDocumentation = {
  name: 'unknown-run',
  summary: 'A run that there is not',
  parameters: { node, run: otherRun },
  status: 404,
  answer: `Node ${node} has no run ${otherRun} in its history`,
};
const neverIntrospected: ExampleDocumentation = {
  name: 'no-history',
  summary: 'A node that was never introspected',
  parameters: { node: otherNode, run: 'latest' },
  status: 404,
  answer: `Node ${otherNode} has no run with data in its history`,
};
const noTime: ExampleDocumentation = {
  name: 'no-time',
  summary: 'A time that is none',
  parameters: { node, run: 'latest', at: 'noon' },
  status: 400,
  answer: 'Bad request: at: expected a time such as 2026-11-22T13:36:35, in UTC',
};
const unknownNameOfRun: ExampleDocumentation = {
  ...unknownName,
  parameters: { node: 'no-such-node', run: 'latest' },
};

/** `GET /v1/introspection/<node>/history` */
export const listHistoryDocumentation = (maxLimit: number): OperationDocumentation => ({
  id: 'listHistory',
  tag,
  summary: 'List the introspections of a node',
  description: `Those that have ended and are kept, the last one first. The next page begins behind the last \`run\` of this one, given as \`marker\`. ${outside}`,
  parameters: [
    nodeParameter,
    ...pageParameters(maxLimit, 'UUID of the run'),
    timeParameter('Only runs that had ended by then.'),
  ],
  answers: {
    200: {
      description: 'A page of runs; empty for a node without any.',
      schema: objectSchema({ history: listSchema(schemaNamed('Run'), 'The last one first.') }),
    },
    400: { description: 'A parameter is none.' },
    404: { description: 'There is no such node, or the marker is no run of it.' },
  },
  examples: [
    { name: 'kept', summary: 'The last ten', parameters: { node, limit: '10' }, status: 200 },
    {
      name: 'before-the-first',
      summary: 'As of a time when there was none',
      parameters: { node, at: '2020-01-01' },
      status: 200,
      answer: { history: [] },
    },
    {
      name: 'limit-too-large',
      summary: 'More than a page can have',
      parameters: { node, limit: String(maxLimit + 1) },
      status: 400,
      answer: `Bad request: Limit over ${maxLimit}`,
    },
    { ...noTime, parameters: { node, at: 'noon' } },
    {
      name: 'unknown-marker',
      summary: 'A marker that is no run',
      parameters: { node, marker: otherRun },
      status: 404,
      answer: `Node ${node} has no run ${otherRun} in its history`,
    },
    unknownName,
  ],
});

/** `GET /v1/introspection/<node>/history/<run>` */
export const historyRunDocumentation: OperationDocumentation = {
  id: 'showRun',
  tag,
  summary: 'Show one introspection of the history',
  description: `With what became of the hardware since the run before. ${outside}`,
  parameters: [nodeParameter, runParameter, latestAt],
  answers: {
    200: { description: 'The run.', schema: schemaNamed('WholeRun') },
    400: { description: 'A parameter is none.' },
    404: { description: 'There is no such node or run.' },
  },
  examples: [
    { name: 'last', summary: 'The last one', parameters: { node, run: 'latest' }, status: 200 },
    {
      name: 'no-run',
      summary: 'What is no name of a run',
      parameters: { node, run: 'first' },
      status: 400,
      answer: 'Bad request: expected the UUID of a run or "latest", got first',
    },
    noTime,
    noRun,
    neverIntrospected,
    unknownNameOfRun,
  ],
};

/** `GET /v1/introspection/<node>/history/<run>/data` and `.../unprocessed`. */
export function historyDataDocumentation(isProcessed: boolean): OperationDocumentation {
  return {
    id: isProcessed ? 'showRunData' : 'showUnprocessedRunData',
    tag,
    summary: isProcessed
      ? 'Show what an introspection of the history has found'
      : 'Show what the ramdisk of an introspection of the history has sent',
    description: `Kept whatever \`store_data\` says. ${outside}`,
    parameters: [nodeParameter, runParameter, latestAt],
    answers: {
      200: {
        description: 'The data, byte for byte as it was then.',
        schema: schemaNamed('IntrospectionData'),
      },
      400: { description: 'A parameter is none.' },
      404: { description: 'There is no such node or run, or the run has no such data.' },
    },
    examples: [
      {
        name: 'kept',
        summary: 'Of the last run',
        parameters: { node, run: 'latest' },
        status: 200,
        ...(isProcessed ? {} : { answer: exampleRamdiskData }),
      },
      noTime,
      noRun,
      neverIntrospected,
      unknownNameOfRun,
    ],
  };
}

/** `GET /v1/introspection/<node>/history/diff` */
export const historyDifferenceDocumentation: OperationDocumentation = {
  id: 'compareRuns',
  tag,
  summary: 'Show what became of the hardware between two introspections',
  description: `By component, from what the ramdisks have sent. ${outside}`,
  parameters: [
    nodeParameter,
    {
      in: 'query',
      name: 'from',
      description:
        'The earlier run: its UUID, `latest`, or a time for the last that had ended by then. The one with data before the other when not given.',
      schema: textSchema('A UUID, a time or `latest`.'),
    },
    {
      in: 'query',
      name: 'to',
      description: 'The later run, in the same words; the last one with data when not given.',
      schema: textSchema('A UUID, a time or `latest`.'),
    },
  ],
  answers: {
    200: {
      description: 'What became of which component.',
      schema: objectSchema({
        from: schemaNamed('Run'),
        to: schemaNamed('Run'),
        changes,
        not_compared: notCompared,
      }),
    },
    400: { description: 'A parameter names no run.' },
    404: { description: 'There is no such node or run, or one has no data.' },
  },
  examples: [
    {
      name: 'with-itself',
      summary: 'The last one with itself',
      parameters: { node, from: 'latest', to: 'latest' },
      status: 200,
    },
    {
      name: 'no-run',
      summary: 'What is no name of a run',
      parameters: { node, from: 'first', to: 'latest' },
      status: 400,
      answer: 'Bad request: expected the UUID of a run or "latest", got first',
    },
    {
      name: 'no-history',
      summary: 'A node that was never introspected',
      parameters: { node: otherNode },
      status: 404,
      answer: `Node ${otherNode} has no run with data in its history`,
    },
    unknownName,
  ],
};
