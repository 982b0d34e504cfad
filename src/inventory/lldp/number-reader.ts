import type { ReadTlv, SingleField } from './switch-fields.ts';
import { tooShort } from './tlv.ts';

/** Reads a number of 16 bits, such as a VLAN's, into the field. */
export function numberReader(name: SingleField): ReadTlv {
  return (octets, fields) => {
    const short = tooShort(octets, 2);
    if (short !== undefined) return short;
    fields.set(name, octets.readUInt16BE(0));
    return undefined;
  };
}
