import type { BareMetalNode, BareMetalPort } from '../src/bare-metal/bare-metal-service.ts';
import type { JsonObject } from '../src/json/json-value.ts';
import { recordedNodeUuid } from './node-record-builder.ts';

/** A manageable node that is switched off and has no properties, unless given. */
export function bareMetalNode(fields: JsonObject = {}): BareMetalNode {
  return {
    uuid: recordedNodeUuid,
    name: null,
    driver: 'fake-hardware',
    driver_info: {},
    properties: {},
    extra: {},
    provision_state: 'manageable',
    power_state: 'power off',
    ...fields,
  };
}

/** A port of that node, with a UUID made from its MAC address, unless given. */
export function bareMetalPort(fields: JsonObject & { address: string }): BareMetalPort {
  return {
    uuid: `00000000-0000-4000-8000-${fields.address.toLowerCase().replaceAll(':', '')}`,
    node_uuid: recordedNodeUuid,
    extra: {},
    pxe_enabled: true,
    ...fields,
  };
}
