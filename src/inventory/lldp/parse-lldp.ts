import type { JsonObject, JsonValue } from '../../json/json-value.ts';
import { basicTlvs } from './basic-tlvs.ts';
import { dot1Tlvs } from './dot1-tlvs.ts';
import { dot3Tlvs } from './dot3-tlvs.ts';
import { eachTlv, type TlvSource } from './each-tlv.ts';
import { SwitchFields, type TlvKind } from './switch-fields.ts';
import { type Dropped, malformed, type Tlv, tooShort, unknown } from './tlv.ts';

const organisationSpecific = 127;

/** By the number that the IEEE gave to the organisation. */
const organisations: ReadonlyMap<number, ReadonlyMap<number, TlvKind>> = new Map([
  [0x0080c2, dot1Tlvs],
  [0x00120f, dot3Tlvs],
]);

/**
 * What a switch says of itself and of its port, by the names that operators know (`switch_chassis_id`, ...);
 * empty when nothing is understood. Never throws: a TLV that is odd is left out, and the log says so.
 *
 * @param reported `[type, octets in hexadecimal digits]` each, in the order of the frame.
 */
export function parseLldp(reported: readonly JsonValue[], source: TlvSource): JsonObject {
  const fields = new SwitchFields();
  eachTlv(reported, source, nameOf, (tlv) => readInto(tlv, fields));
  return fields.toObject();
}

function readInto(tlv: Tlv, fields: SwitchFields): Dropped | undefined {
  if (tlv.type !== organisationSpecific) {
    const kind = basicTlvs.get(tlv.type);
    return kind === undefined ? unknown('there is no such type') : kind.read?.(tlv.octets, fields);
  }
  const short = tooShort(tlv.octets, 4);
  if (short !== undefined) return short;
  const kinds = organisations.get(organisationOf(tlv.octets));
  if (kinds === undefined) return malformed('the organisation is not known');
  const kind = kinds.get(subtypeOf(tlv.octets));
  return kind === undefined
    ? unknown('the subtype is not known')
    : kind.read?.(tlv.octets.subarray(4), fields);
}

function nameOf({ type, octets }: Tlv): string | undefined {
  if (type !== organisationSpecific) return basicTlvs.get(type)?.name;
  if (octets.length < 4) return 'organisationally specific';
  const known = organisations.get(organisationOf(octets))?.get(subtypeOf(octets));
  return known?.name ?? `organisation ${octets.toString('hex', 0, 3)}, subtype ${subtypeOf(octets)}`;
}

function organisationOf(octets: Buffer): number {
  return octets.readUIntBE(0, 3);
}

function subtypeOf(octets: Buffer): number {
  return octets.readUInt8(3);
}
