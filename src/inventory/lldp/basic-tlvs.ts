import { chassisId, type Identifier, portId } from './identifiers.ts';
import { networkAddress } from './network-address.ts';
import { octetText } from './octet-text.ts';
import type { ReadTlv, SingleField, TlvKind } from './switch-fields.ts';
import { type Dropped, notExactly, tooShort } from './tlv.ts';

/** In the order of their bits, of which the lowest means "other" (IEEE 802.1AB, 8.5.8.1). */
const capabilities = [
  'Repeater',
  'Bridge',
  'WLAN',
  'Router',
  'Telephone',
  'DOCSIS cable device',
  'Station only',
  'C-Vlan',
  'S-Vlan',
  'TPMR',
] as const;

const readCapabilities: ReadTlv = (octets, fields) => {
  const wrong = notExactly(octets, 4);
  if (wrong !== undefined) return wrong;
  fields.set('switch_capabilities_support', capabilityNames(octets.readUInt16BE(0)));
  fields.set('switch_capabilities_enabled', capabilityNames(octets.readUInt16BE(2)));
  return undefined;
};

/** The length in the first octet is not needed: the family says how long an address is. */
const readManagementAddress: ReadTlv = (octets, fields) => {
  const address = tooShort(octets, 1) ?? networkAddress(octets.subarray(1));
  if ('why' in address) return address;
  fields.append('switch_mgmt_addresses', address.text);
  return undefined;
};

/** The basic management set (IEEE 802.1AB, 8.5) by type. */
export const basicTlvs: ReadonlyMap<number, TlvKind> = new Map([
  [0, { name: 'end' }],
  [1, { name: 'chassis id', read: identifierReader('switch_chassis_id', chassisId) }],
  [2, { name: 'port id', read: identifierReader('switch_port_id', portId) }],
  [3, { name: 'time to live' }],
  [4, { name: 'port description', read: textReader('switch_port_description') }],
  [5, { name: 'system name', read: textReader('switch_system_name') }],
  [6, { name: 'system description', read: textReader('switch_system_description') }],
  [7, { name: 'system capabilities', read: readCapabilities }],
  [8, { name: 'management address', read: readManagementAddress }],
]);

function identifierReader(name: SingleField, read: (octets: Buffer) => Identifier | Dropped): ReadTlv {
  return (octets, fields) => {
    const id = read(octets);
    if ('why' in id) return id;
    fields.set(name, id.text);
    return undefined;
  };
}

function textReader(name: SingleField): ReadTlv {
  return (octets, fields) => {
    const value = octetText(octets);
    if ('why' in value) return value;
    fields.set(name, value.text);
    return undefined;
  };
}

function capabilityNames(bits: number): string[] {
  return capabilities.filter((_name, index) => (bits & (2 << index)) !== 0);
}
