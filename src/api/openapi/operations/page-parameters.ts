import type { ParameterDocumentation } from '../../../json/documented-operation.ts';
import { textSchema } from '../../../json/json-schema.ts';

/**
 * Which page of a list is asked for.
 *
 * @param last What stands last on the page before, for people.
 */
export const pageParameters = (maxLimit: number, last: string): ParameterDocumentation[] => [
  {
    in: 'query',
    name: 'limit',
    description: 'How many entries the page has; as many as can be when 0 or not given.',
    schema: { type: 'integer', minimum: 0, maximum: maxLimit },
  },
  {
    in: 'query',
    name: 'marker',
    description: `The ${last} that the page begins behind.`,
    schema: textSchema('A UUID.'),
  },
];
