import type { JsonValue } from '../../json/json-value.ts';
import { kindOf } from '../kind-of.ts';

/** One type, length and value of an LLDP frame (IEEE 802.1AB, 8.4). */
export interface Tlv {
  readonly type: number;
  /** At most 511. */
  readonly octets: Buffer;
}

/** Why a TLV, or a part of one, gives no value. */
export interface Dropped {
  /** For the log: what was expected and what came. */
  readonly why: string;
  readonly level: 'warning' | 'debug';
}

/** The length of a TLV has nine bits. */
const mostOctets = 511;

/** A TLV as a ramdisk reports it: `[type, octets in hexadecimal digits]`. */
export function readTlv(reported: JsonValue): Tlv | Dropped {
  if (!Array.isArray(reported))
    return malformed(`expected a list of type and value, got ${kindOf(reported)}`);
  const [type, digits] = reported;
  if (reported.length !== 2) return malformed(`expected a type and a value, got ${reported.length} items`);
  if (typeof type !== 'number' || !Number.isInteger(type)) {
    return malformed(`expected a whole number as the type, got ${kindOf(type)}`);
  }
  if (typeof digits !== 'string') return malformed(`expected hexadecimal digits, got ${kindOf(digits)}`);
  if (digits.length > 2 * mostOctets) {
    return malformed(`expected at most ${2 * mostOctets} hexadecimal digits, got ${digits.length}`);
  }
  // Decoding is no check: it takes the lowest bits of any character, and U+0130 for a `0`.
  if (digits.length % 2 !== 0 || /[^0-9a-fA-F]/.test(digits)) {
    return malformed('expected pairs of hexadecimal digits');
  }
  return { type, octets: Buffer.from(digits, 'hex') };
}

/** A value that breaks the format, or that the original warns of. */
export function malformed(why: string): Dropped {
  return { why, level: 'warning' };
}

/** A value that may be sound, and means nothing to us. */
export function unknown(why: string): Dropped {
  return { why, level: 'debug' };
}

/** `undefined` when there are enough octets. More than are read are fine: later revisions append fields. */
export function tooShort(octets: Buffer, needed: number): Dropped | undefined {
  return octets.length >= needed
    ? undefined
    : malformed(`expected at least ${needed} octets, got ${octets.length}`);
}

/** `undefined` when there are as many octets as the format has. */
export function notExactly(octets: Buffer, needed: number): Dropped | undefined {
  return octets.length === needed ? undefined : malformed(`expected ${needed} octets, got ${octets.length}`);
}
