import { InspectorError } from '../errors/inspector-error.ts';

/** How large a document may be; a body of megabytes within these is still quick to walk through. */
export interface JsonLimits {
  /** Objects and arrays within each other. */
  readonly depth: number;
  /** Members of all objects and arrays together. */
  readonly members: number;
}

/** What a look over the bytes tells before they are parsed. */
export interface JsonScan {
  /** A numeral may be one that a JavaScript number writes in another way. */
  oddNumerals: boolean;
  /** A string may hold a NUL, a lone surrogate or `__proto__`. */
  oddStrings: boolean;
}

const quote = 0x22;
const comma = 0x2c;
const minus = 0x2d;
const zero = 0x30;
const nine = 0x39;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const underscore = 0x5f;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * Goes once over the bytes of a JSON text (UTF-8, well-formed or not), without recursion, so that hostile
 * documents are refused before anything is built from them.
 *
 * @throws InspectorError `invalid` when a limit is exceeded (docs/compatibility.md, json-limits).
 */
export function scanJson(bytes: Uint8Array, limits: JsonLimits): JsonScan {
  const scan: JsonScan = { oddNumerals: false, oddStrings: false };
  let depth = 0;
  let members = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) at = scanString(bytes, at + 1, scan);
    else if (byte === minus || (byte >= zero && byte <= nine)) at = scanNumeral(bytes, at, scan);
    else if (byte === closeBrace || byte === closeBracket) depth--;
    else if (byte === openBrace || byte === openBracket) {
      depth++;
      members++;
      if (depth > limits.depth) throw tooDeep(limits.depth, at);
    } else if (byte === comma) {
      members++;
      if (members > limits.members) throw tooManyMembers(limits.members, at);
    }
  }
  return scan;
}

/** @returns the position of the closing quote, or the end of the bytes. */
function scanString(bytes: Uint8Array, start: number, scan: JsonScan): number {
  if (bytes[start] === underscore && bytes[start + 1] === underscore) scan.oddStrings = true;
  let at = start;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === quote) break;
    if (byte === backslash) {
      if (isOddEscape(bytes, at + 1)) scan.oddStrings = true;
      at += 2;
    } else at++;
  }
  return at;
}

/** `\ud...` (a surrogate), `\u0000` and `\u005.` (an underscore, which may begin `__proto__`). */
function isOddEscape(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== 0x75) return false;
  const first = bytes[at + 1];
  if (first === 0x64 || first === 0x44) return true;
  if (first !== zero || bytes[at + 2] !== zero) return false;
  return bytes[at + 3] === 0x35 || (bytes[at + 3] === zero && bytes[at + 4] === zero);
}

/**
 * JavaScript writes a numeral of at most 15 digits as it came, but for exponents, zeros at the end of a
 * fraction and minus zero.
 *
 * @returns the position of the last byte of the numeral.
 */
function scanNumeral(bytes: Uint8Array, start: number, scan: JsonScan): number {
  let at = start;
  let digits = 0;
  let fraction = false;
  let last = 0;
  for (; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= zero && byte <= nine) digits++;
    else if (byte === 0x2e) fraction = true;
    else if (byte === 0x65 || byte === 0x45) scan.oddNumerals = true;
    else if (byte !== minus && byte !== 0x2b) break;
    last = byte;
  }
  const minusZero = bytes[start] === minus && bytes[start + 1] === zero;
  if (digits > 15 || minusZero || (fraction && last === zero)) scan.oddNumerals = true;
  return at - 1;
}

function tooDeep(limit: number, at: number): InspectorError {
  return new InspectorError(
    'invalid',
    `Invalid data: expected at most ${limit} levels of nesting, got more at byte ${at}`,
  );
}

function tooManyMembers(limit: number, at: number): InspectorError {
  return new InspectorError(
    'invalid',
    `Invalid data: expected at most ${limit} members in all objects and arrays, got more at byte ${at}`,
  );
}
