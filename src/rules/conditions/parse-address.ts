import { isIPv6 } from 'node:net';
import { InspectorError } from '../../errors/inspector-error.ts';
import { pythonLiteral } from '../python-value/python-text.ts';
import type { PythonValue } from '../python-value/python-value.ts';
import { addressBits } from './parse-network.ts';

/** An address as the bits that it consists of, first one first. */
export interface Address {
  readonly family: 4 | 6;
  /** 32 or 128 characters `0` or `1`. */
  readonly bits: string;
}

const bitsOf = { 4: 32, 6: 128 } as const;

/** UTF-16 units; the longest address has 45. */
const longestAddress = 100;

/**
 * Reads an address as the original's library does: text, IPv4 also in its short, hexadecimal and octal
 * spellings (`10.1`, `0x7f.1`), or a number.
 *
 * @throws InspectorError `invalid` with the original's sentence for anything else, networks among them.
 */
export function parseAddress(value: PythonValue): Address {
  const address =
    typeof value === 'string' ? ofText(value) : ofNumber(typeof value === 'boolean' ? BigInt(value) : value);
  if (address !== undefined) return address;
  if (typeof value === 'string' && value.includes('/')) {
    throw new InspectorError('invalid', 'expected an address, got a network');
  }
  const shown = typeof value === 'string' && value.length > longestAddress ? 'such a long text' : undefined;
  const what = shown ?? shownValue(value);
  throw new InspectorError('invalid', `failed to detect a valid IP address from ${what}`);
}

function shownValue(value: PythonValue): string {
  return typeof value === 'object' && value !== null ? 'a list or an object' : pythonLiteral(value);
}

function ofText(text: string): Address | undefined {
  if (text.length > longestAddress) return undefined;
  if (text.includes(':')) {
    return isIPv6(text) && !text.includes('%') ? { family: 6, bits: addressBits(text, 6) } : undefined;
  }
  const parts = text
    .replace(/\s[^]*$/, '')
    .split('.')
    .map(partOf);
  if (parts.length > 4) return undefined;
  let number = 0n;
  for (const [index, part] of parts.entries()) {
    // The last part fills all bytes that are left.
    const bytes = index === parts.length - 1 ? 5 - parts.length : 1;
    if (part === undefined || part >= 1n << BigInt(8 * bytes)) return undefined;
    number = (number << BigInt(8 * bytes)) | part;
  }
  return { family: 4, bits: number.toString(2).padStart(bitsOf[4], '0') };
}

function partOf(text: string): bigint | undefined {
  if (/^0x[0-9a-f]+$/i.test(text)) return BigInt(text);
  if (/^0[0-7]*$/.test(text)) return BigInt(`0o${text}`);
  return /^[1-9][0-9]*$/.test(text) ? BigInt(text) : undefined;
}

function ofNumber(value: PythonValue): Address | undefined {
  if (typeof value !== 'bigint' || value < 0n || value >= 1n << BigInt(bitsOf[6])) return undefined;
  const family = value < 1n << BigInt(bitsOf[4]) ? 4 : 6;
  return { family, bits: value.toString(2).padStart(bitsOf[family], '0') };
}
