import type { OperationDocumentation } from '../../../json/documented-operation.ts';
import { listSchema, objectSchema, schemaNamed, textSchema } from '../../../json/json-schema.ts';
import { exampleNames } from '../example-names.ts';
import { exampleRamdiskData, nodeParameter } from './introspection-schemas.ts';
import { acceptedAnswer, unknownName, unknownNodeAnswer, unknownUuid } from './introspections.ts';

const tag = 'Introspection data';
const { node, nodeName, otherNode } = exampleNames;

/** `POST /v1/continue` */
export const continueDocumentation: OperationDocumentation = {
  id: 'continueIntrospection',
  tag: 'Introspection',
  summary: 'Send what the ramdisk has found',
  description:
    'The callback of a ramdisk: finds the node by BMC and MAC addresses, lets hooks and rules decide what follows, and updates the node. Ramdisks try again after 409, 5xx and broken connections only.',
  body: {
    description: 'What was found, in JSON, whatever the content type.',
    required: true,
    schema: schemaNamed('RamdiskData'),
  },
  answers: {
    200: {
      description: 'The node it is; it is updated, and switched off in the background.',
      schema: objectSchema({ uuid: textSchema('The UUID of the node.') }),
    },
    400: { description: 'No JSON object, no such node, or hooks or rules that refuse it.' },
    409: { description: 'The node is being worked on; try again.' },
  },
  examples: [
    {
      name: 'found',
      summary: 'A machine that is waited for',
      body: exampleRamdiskData,
      status: 200,
      answer: { uuid: node },
    },
    {
      name: 'unknown-machine',
      summary: 'A machine that nobody waits for',
      body: exampleRamdiskData,
      status: 400,
      answer: `The following failures happened during running pre-processing hooks:\nLook up error: Could not find a node for attributes {'bmc_address': ['192.0.2.10'], 'mac': ['${exampleNames.mac}']}`,
    },
    {
      name: 'no-object',
      summary: 'JSON, but no object',
      body: [],
      status: 400,
      answer: 'Invalid data: expected a JSON object, got list',
    },
  ],
};

/** `GET /v1/introspection/<node>/data` and `.../unprocessed`. */
export function introspectionDataDocumentation(isProcessed: boolean): OperationDocumentation {
  const processed = isProcessed ? 'True' : 'False';
  return {
    id: isProcessed ? 'showData' : 'showUnprocessedData',
    tag,
    summary: isProcessed ? 'Show what an introspection has found' : 'Show what the ramdisk has sent',
    description: isProcessed
      ? 'After hooks and rules: what the ramdisk sent, and what hooks added to it.'
      : 'Before any hook has seen it.',
    since: isProcessed ? '1.1' : '1.17',
    parameters: [nodeParameter],
    answers: {
      200: {
        description: 'The data, byte for byte as it is stored.',
        schema: schemaNamed('IntrospectionData'),
      },
      404: { description: 'There is no such node, no data of it, or no data is kept.' },
    },
    examples: [
      {
        name: 'kept',
        summary: 'By UUID',
        parameters: { node },
        status: 200,
        ...(isProcessed ? {} : { answer: exampleRamdiskData }),
      },
      {
        name: 'nothing-kept',
        summary: 'A node that was never introspected',
        parameters: { node: otherNode },
        status: 404,
        answer: `Introspection data not found for node ${otherNode}, processed=${processed}`,
      },
      unknownName,
    ],
  };
}

/** `POST /v1/introspection/<node>/data/unprocessed` */
export const reapplyIntrospectionDocumentation: OperationDocumentation = {
  id: 'reapplyIntrospection',
  tag,
  summary: 'Process data once more',
  description: 'With the hooks and rules of today. The machine is not switched.',
  since: '1.4',
  parameters: [nodeParameter],
  body: {
    description:
      'Data to process and to keep in place of that which is stored, since version 1.15; without a body, or with `{}`, the stored data is processed.',
    required: false,
    schema: schemaNamed('RamdiskData'),
  },
  answers: {
    202: acceptedAnswer,
    400: { description: 'No JSON object, or nothing is kept that could be processed.' },
    404: unknownNodeAnswer,
    409: { description: 'The node is being worked on; try again.' },
  },
  examples: [
    { name: 'stored', summary: 'What is stored', parameters: { node }, status: 202, answer: {} },
    {
      name: 'given',
      summary: 'What is given',
      parameters: { node: nodeName },
      body: exampleRamdiskData,
      status: 202,
      answer: {},
    },
    {
      name: 'no-object',
      summary: 'JSON, but no object',
      parameters: { node },
      body: [],
      status: 400,
      answer: 'Invalid data: expected a JSON object, got list',
    },
    { ...unknownUuid, answer: `Introspection data not found for node ${otherNode}, processed=False` },
    unknownName,
  ],
};

/** `GET /v1/introspection/<node>/changes` */
export const recordedChangesDocumentation: OperationDocumentation = {
  id: 'listChanges',
  tag,
  summary: 'Show which hook or rule set what',
  description:
    "Of the node's last run, in the order in which it was decided. Not in ironic-inspector's own API.",
  parameters: [nodeParameter],
  answers: {
    200: {
      description: 'The changes.',
      schema: objectSchema({ changes: listSchema(schemaNamed('Change'), 'In their order.') }),
    },
    404: { description: 'There is no such node, or no introspection of it that came so far.' },
  },
  examples: [
    { name: 'recorded', summary: 'By UUID', parameters: { node }, status: 200 },
    {
      name: 'nothing-recorded',
      summary: 'A node that was never introspected',
      parameters: { node: otherNode },
      status: 404,
      answer: `No changes are recorded for node ${otherNode}`,
    },
    unknownName,
  ],
};
