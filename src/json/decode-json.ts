import { InspectorError } from '../errors/inspector-error.ts';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

/** A JSON document whose encoding is settled. */
export interface DecodedJson {
  readonly text: string;
  /** The same text as UTF-8, with or without a byte order mark. */
  readonly bytes: Uint8Array;
}

/**
 * The text of a JSON document in UTF-8, UTF-16 or UTF-32, with or without a byte order mark. Which of them
 * it is shows in the zero bytes of the first characters, which are ASCII in every JSON text
 * (RFC 4627, section 3).
 *
 * @throws InspectorError `invalid`, with a SyntaxError as `cause`, when the bytes are no text in the
 *   encoding that they begin in.
 */
export function decodeJson(body: Uint8Array): DecodedJson {
  const encoding = encodingOf(body);
  const text = decode(body, encoding);
  return { text, bytes: encoding === 'utf-8' ? body : new TextEncoder().encode(text) };
}

function encodingOf(body: Uint8Array): Encoding {
  const [a, b, c, d] = body;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32be';
  if (body.length >= 4) {
    if (a === 0) return b === 0 ? 'utf-32be' : 'utf-16be';
    if (b === 0) return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le';
  } else if (body.length === 2) {
    if (a === 0) return 'utf-16be';
    if (b === 0) return 'utf-16le';
  }
  return 'utf-8';
}

/** Nearly all there is; making one takes longer than decoding with it. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

function decode(body: Uint8Array, encoding: Encoding): string {
  if (encoding === 'utf-32le' || encoding === 'utf-32be') return decodeUtf32(body, encoding);
  try {
    return (encoding === 'utf-8' ? utf8 : new TextDecoder(encoding, { fatal: true })).decode(body);
  } catch (cause) {
    throw undecodable(encoding, cause);
  }
}

function decodeUtf32(body: Uint8Array, encoding: Encoding): string {
  if (body.length % 4 !== 0) throw undecodable(encoding);
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const parts: string[] = [];
  for (let at = 0; at < body.length; at += 4) {
    const point = view.getUint32(at, encoding === 'utf-32le');
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) throw undecodable(encoding);
    if (at > 0 || point !== 0xfeff) parts.push(String.fromCodePoint(point));
  }
  return parts.join('');
}

function undecodable(encoding: Encoding, cause?: unknown): InspectorError {
  const message = `Invalid data: expected a JSON object, got bytes that are not valid ${encoding.toUpperCase()}`;
  return new InspectorError('invalid', message, { cause: new SyntaxError(message, { cause }) });
}
