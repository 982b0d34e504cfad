import type { OperationDocumentation } from '../../../json/documented-operation.ts';
import { listSchema, objectSchema, schemaNamed, textSchema } from '../../../json/json-schema.ts';
import { longestTrait, mostTraits, traitPattern } from '../../trait.ts';
import { exampleNames } from './example-names.ts';
import { busyNodeAnswer, unknownNode, unknownNodeAnswer } from './examples.ts';
import { nodeParameter, pathParameter } from './parameters.ts';

const tag = 'Registry: traits';
const { node } = exampleNames;
const trait = 'CUSTOM_GPU';

const traitParameter = {
  ...pathParameter('trait', 'The trait.'),
  schema: schemaNamed('Trait'),
};

const traitList = objectSchema({
  traits: listSchema(schemaNamed('Trait'), 'Sorted, each once.', { maxItems: mostTraits }),
});

const noTrait = {
  status: 400,
  answer:
    "Schema error for trait: 'gpu' is not valid. A trait is CUSTOM_ followed by A-Z, 0-9 and _, or a standard trait such as HW_CPU_X86_VMX.",
} as const;

/** What the operations of traits are made of, by name. */
export const traitSchemas = {
  Trait: textSchema('What a machine can do, for schedulers.', {
    pattern: traitPattern.source,
    maxLength: longestTrait,
  }),
} as const;

/** `GET /nodes/:node/traits` */
export const listTraitsDocumentation: OperationDocumentation = {
  id: 'listTraits',
  tag,
  summary: 'List the traits of a node',
  parameters: [nodeParameter],
  answers: { 200: { description: 'The traits.', schema: traitList }, 404: unknownNodeAnswer },
  examples: [
    { name: 'listed', summary: 'By UUID', parameters: { node }, status: 200, answer: { traits: [trait] } },
    unknownNode,
  ],
};

/** `PUT /nodes/:node/traits` */
export const setTraitsDocumentation: OperationDocumentation = {
  id: 'setTraits',
  tag,
  summary: 'Set all traits of a node',
  parameters: [nodeParameter],
  body: { description: 'The traits that it is to have.', required: true, schema: traitList },
  answers: {
    204: { description: 'They are set.' },
    400: { description: 'One is no trait, or there are too many.' },
    404: unknownNodeAnswer,
    409: busyNodeAnswer,
  },
  examples: [
    {
      name: 'set',
      summary: 'Two traits',
      parameters: { node },
      body: { traits: [trait, 'HW_CPU_X86_VMX'] },
      status: 204,
    },
    {
      name: 'no-trait',
      summary: 'A word that is no trait',
      parameters: { node },
      body: { traits: ['gpu'] },
      ...noTrait,
    },
    { ...unknownNode, body: { traits: [] } },
  ],
};

/** `DELETE /nodes/:node/traits` */
export const deleteTraitsDocumentation: OperationDocumentation = {
  id: 'deleteTraits',
  tag,
  summary: 'Take all traits from a node',
  parameters: [nodeParameter],
  answers: { 204: { description: 'They are gone.' }, 404: unknownNodeAnswer, 409: busyNodeAnswer },
  examples: [{ name: 'gone', summary: 'By UUID', parameters: { node }, status: 204 }, unknownNode],
};

/** `PUT /nodes/:node/traits/:trait` */
export const addTraitDocumentation: OperationDocumentation = {
  id: 'addTrait',
  tag,
  summary: 'Give a node a trait',
  description: 'Without a body. It does no harm when the node has it already.',
  parameters: [nodeParameter, traitParameter],
  answers: {
    204: { description: 'The node has it.', headers: { Location: 'The address of the trait.' } },
    400: { description: 'It is no trait, or the node has too many.' },
    404: unknownNodeAnswer,
    409: busyNodeAnswer,
  },
  examples: [
    { name: 'given', summary: 'One more', parameters: { node, trait: 'CUSTOM_FPGA' }, status: 204 },
    { name: 'no-trait', summary: 'A word that is no trait', parameters: { node, trait: 'gpu' }, ...noTrait },
    { ...unknownNode, parameters: { ...unknownNode.parameters, trait } },
  ],
};

/** `DELETE /nodes/:node/traits/:trait` */
export const deleteTraitDocumentation: OperationDocumentation = {
  id: 'deleteTrait',
  tag,
  summary: 'Take a trait from a node',
  parameters: [nodeParameter, traitParameter],
  answers: {
    204: { description: 'It is gone.' },
    404: { description: 'There is no such node, or it does not have the trait.' },
    409: busyNodeAnswer,
  },
  examples: [
    { name: 'taken', summary: 'By UUID', parameters: { node, trait }, status: 204 },
    {
      name: 'not-there',
      summary: 'A trait that the node does not have',
      parameters: { node, trait: 'CUSTOM_FPGA' },
      status: 404,
      answer: `Node ${node} doesn't have a trait 'CUSTOM_FPGA'`,
    },
    { ...unknownNode, parameters: { ...unknownNode.parameters, trait } },
  ],
};
