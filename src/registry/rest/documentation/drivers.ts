import type { ExampleDocumentation, OperationDocumentation } from '../../../json/documented-operation.ts';
import { listSchema, objectSchema, schemaNamed, textSchema } from '../../../json/json-schema.ts';
import { hardwareTypes } from '../../hardware-types.ts';
import { linksTo } from '../links.ts';
import { exampleNames } from './example-names.ts';
import { exampleBase } from './examples.ts';
import { pathParameter, type QueryName, queryDocumentation } from './parameters.ts';

const tag = 'Registry: drivers';
const driverParameter = pathParameter('driver', 'The name of the driver.');
const unknownDriverAnswer = { description: 'There is no such driver.' };

const unknownDriver: ExampleDocumentation = {
  name: 'unknown-driver',
  summary: 'A driver that is not there',
  parameters: { driver: 'ipmi' },
  status: 404,
  answer: 'Could not find the following driver(s) or hardware type(s): ipmi.',
};

/** `GET /drivers` */
export const listDriversDocumentation = (parameters: readonly QueryName[]): OperationDocumentation => ({
  id: 'listDrivers',
  tag,
  summary: 'List the drivers',
  parameters: queryDocumentation(parameters),
  answers: {
    200: {
      description: 'The drivers.',
      schema: objectSchema({ drivers: listSchema(schemaNamed('Driver'), 'All of them.') }),
    },
    400: { description: 'A parameter is none, or is not known.' },
  },
  examples: [
    {
      name: 'all',
      summary: 'All drivers',
      status: 200,
      answer: {
        drivers: hardwareTypes.map(({ name }) => ({
          name,
          hosts: [exampleNames.host],
          links: linksTo(exampleBase, `drivers/${name}`),
          properties: linksTo(exampleBase, `drivers/${name}/properties`),
          type: 'dynamic',
        })),
      },
    },
    {
      name: 'no-type',
      summary: 'A kind that there is not',
      parameters: { type: 'new' },
      status: 400,
      answer: '"type" filter must be one of "classic" or "dynamic", if specified.',
    },
  ],
});

/** `GET /drivers/:driver` */
export const showDriverDocumentation: OperationDocumentation = {
  id: 'showDriver',
  tag,
  summary: 'Show a driver and its parts',
  parameters: [driverParameter],
  answers: {
    200: { description: 'The driver.', schema: schemaNamed('Driver') },
    404: unknownDriverAnswer,
  },
  examples: [
    { name: 'shown', summary: 'By name', parameters: { driver: 'redfish' }, status: 200 },
    unknownDriver,
  ],
};

/** `GET /drivers/:driver/properties` */
export const showDriverPropertiesDocumentation: OperationDocumentation = {
  id: 'showDriverProperties',
  tag,
  summary: 'Show what a driver reads of driver_info',
  parameters: [driverParameter],
  answers: {
    200: {
      description: 'A sentence for each member.',
      schema: { type: 'object', additionalProperties: textSchema('What it is.') },
    },
    404: unknownDriverAnswer,
  },
  examples: [
    {
      name: 'shown',
      summary: 'By name',
      parameters: { driver: 'redfish' },
      status: 200,
      answer: { ...hardwareTypes.find(({ name }) => name === 'redfish')?.properties },
    },
    unknownDriver,
  ],
};
