import { macAddress, networkAddress } from './network-address.ts';
import { octetText } from './octet-text.ts';
import { type Dropped, tooShort, unknown } from './tlv.ts';

/** The id of a switch or of a port, and in which form it came. */
export interface Identifier {
  readonly form: 'text' | 'mac' | 'address';
  readonly text: string;
}

type Form = Identifier['form'];

const readers = { text: octetText, mac: macAddress, address: networkAddress } as const;

/** By subtype (IEEE 802.1AB, 8.5.2.2): component, alias, port component, MAC, network address, name, local. */
const chassisForms: ReadonlyMap<number, Form> = new Map([
  [1, 'text'],
  [2, 'text'],
  [3, 'text'],
  [4, 'mac'],
  [5, 'address'],
  [6, 'text'],
  [7, 'text'],
]);

/** By subtype (IEEE 802.1AB, 8.5.3.2): alias, component, MAC, network address, name, local. */
const portForms: ReadonlyMap<number, Form> = new Map([
  [1, 'text'],
  [2, 'text'],
  [3, 'mac'],
  [4, 'address'],
  [5, 'text'],
  [7, 'text'],
]);

/** The id of a switch, from a TLV of type 1. */
export function chassisId(octets: Buffer): Identifier | Dropped {
  return identifier(octets, chassisForms);
}

/** The id of a switch's port, from a TLV of type 2. An agent circuit id (subtype 6) is binary, and left out. */
export function portId(octets: Buffer): Identifier | Dropped {
  return identifier(octets, portForms);
}

function identifier(octets: Buffer, forms: ReadonlyMap<number, Form>): Identifier | Dropped {
  const short = tooShort(octets, 1);
  if (short !== undefined) return short;
  const subtype = octets.readUInt8(0);
  const form = forms.get(subtype);
  if (form === undefined) return unknown(`subtype ${subtype} is not known`);
  const value = readers[form](octets.subarray(1));
  return 'why' in value ? value : { form, text: value.text };
}
