import type { OperationDocumentation } from '../../../json/documented-operation.ts';
import { listSchema, objectSchema, orNull, schemaNamed, textSchema } from '../../../json/json-schema.ts';
import { hardwareTypes, interfaceTypes } from '../../hardware-types.ts';
import { exampleNames } from './example-names.ts';
import { busyNodeAnswer, unknownNode, unknownNodeAnswer } from './examples.ts';
import { nodeParameter } from './parameters.ts';

const tag = 'Registry: nodes';
const { node } = exampleNames;

/** `PUT /nodes/:node/maintenance` */
export const setMaintenanceDocumentation: OperationDocumentation = {
  id: 'setMaintenance',
  tag,
  summary: 'Take a node out of service',
  parameters: [nodeParameter],
  body: {
    description: 'Why, if that is to be said.',
    required: false,
    schema: objectSchema({ reason: orNull(textSchema('The reason.')) }, { optional: ['reason'] }),
  },
  answers: {
    202: { description: 'It is in maintenance.' },
    400: { description: 'The body is not as described.' },
    404: unknownNodeAnswer,
    409: busyNodeAnswer,
  },
  examples: [
    {
      name: 'with-a-reason',
      summary: 'Saying why',
      parameters: { node },
      body: { reason: 'A fan is broken' },
      status: 202,
    },
    { name: 'without', summary: 'Not saying why', parameters: { node }, status: 202 },
    {
      name: 'no-reason',
      summary: 'A reason that is no text',
      parameters: { node },
      body: { reason: 7 },
      status: 400,
      answer: 'Expected string for reason: 7',
    },
    unknownNode,
  ],
};

/** `DELETE /nodes/:node/maintenance` */
export const unsetMaintenanceDocumentation: OperationDocumentation = {
  id: 'unsetMaintenance',
  tag,
  summary: 'Take a node back into service',
  parameters: [nodeParameter],
  answers: {
    202: { description: 'It is in service.' },
    404: unknownNodeAnswer,
    409: busyNodeAnswer,
  },
  examples: [{ name: 'back', summary: 'By UUID', parameters: { node }, status: 202 }, unknownNode],
};

/** `GET /nodes/:node/management/boot_device` */
export const showBootDeviceDocumentation: OperationDocumentation = {
  id: 'showBootDevice',
  tag,
  summary: 'Show what a machine boots from',
  parameters: [nodeParameter],
  answers: {
    200: {
      description: 'The setting.',
      schema: objectSchema({
        boot_device: orNull(textSchema('The device; null when it is not known.')),
        persistent: orNull({
          type: 'boolean',
          description: 'Whether for every boot, not just the next one.',
        }),
      }),
    },
    404: unknownNodeAnswer,
  },
  examples: [
    {
      name: 'not-known',
      summary: 'Nothing has been set',
      parameters: { node },
      status: 200,
      answer: { boot_device: null, persistent: null },
    },
    unknownNode,
  ],
};

/** `PUT /nodes/:node/management/boot_device` */
export const setBootDeviceDocumentation: OperationDocumentation = {
  id: 'setBootDevice',
  tag,
  summary: 'Set what a machine boots from',
  parameters: [nodeParameter],
  body: {
    description: 'The setting.',
    required: true,
    schema: objectSchema(
      {
        boot_device: textSchema('One of those that the driver supports.'),
        persistent: { type: 'boolean', description: 'For every boot; false unless given.' },
      },
      { optional: ['persistent'] },
    ),
  },
  answers: {
    204: { description: 'It is set.' },
    400: { description: 'The driver does not know the device, or the body is not as described.' },
    404: unknownNodeAnswer,
    409: busyNodeAnswer,
  },
  examples: [
    {
      name: 'network',
      summary: 'From the network, once',
      parameters: { node },
      body: { boot_device: 'pxe' },
      status: 204,
    },
    {
      name: 'no-device',
      summary: 'Without a device',
      parameters: { node },
      body: {},
      status: 400,
      answer: 'Missing mandatory parameter: boot_device',
    },
    { ...unknownNode, body: { boot_device: 'pxe' } },
  ],
};

/** `GET /nodes/:node/management/boot_device/supported` */
export const listBootDevicesDocumentation: OperationDocumentation = {
  id: 'listBootDevices',
  tag,
  summary: 'List what a machine can boot from',
  parameters: [nodeParameter],
  answers: {
    200: {
      description: 'The devices that the driver supports.',
      schema: objectSchema({ supported_boot_devices: listSchema(textSchema('A device.'), 'The devices.') }),
    },
    404: unknownNodeAnswer,
  },
  examples: [
    {
      name: 'listed',
      summary: 'By UUID',
      parameters: { node },
      status: 200,
      answer: { supported_boot_devices: ['pxe', 'disk', 'cdrom', 'bios'] },
    },
    unknownNode,
  ],
};

const [hardware] = hardwareTypes;

/** `GET /nodes/:node/validate` */
export const validateNodeDocumentation: OperationDocumentation = {
  id: 'validateNode',
  tag,
  summary: "Check the settings of a node's driver",
  description: 'No machine is asked.',
  parameters: [nodeParameter],
  answers: {
    200: { description: 'What was found.', schema: schemaNamed('Validation') },
    404: unknownNodeAnswer,
  },
  examples: [
    {
      name: 'checked',
      summary: 'By UUID',
      parameters: { node },
      status: 200,
      answer: Object.fromEntries(
        interfaceTypes
          .filter((type) => type !== 'vendor')
          .map((type) => {
            const isThere = hardware?.interfaces[type].startsWith('no-') === false;
            const reason = `Driver ${hardware?.name} does not support ${type} (disabled or not implemented).`;
            return [type, isThere ? { result: true } : { result: false, reason }];
          }),
      ),
    },
    unknownNode,
  ],
};
