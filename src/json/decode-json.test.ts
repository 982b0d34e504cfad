import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InspectorError } from '../errors/inspector-error.ts';
import { decodeJson } from './decode-json.ts';

const text = '{"é": "😀"}';

function utf32(content: string, littleEndian: boolean): Uint8Array {
  const points = Array.from(content, (character) => character.codePointAt(0) ?? 0);
  const view = new DataView(new ArrayBuffer(points.length * 4));
  for (const [index, point] of points.entries()) view.setUint32(index * 4, point, littleEndian);
  return new Uint8Array(view.buffer);
}

function utf16(content: string, littleEndian: boolean): Uint8Array {
  const bytes = Buffer.from(content, 'utf16le');
  return littleEndian ? bytes : bytes.swap16();
}

const encodings: readonly (readonly [string, Uint8Array])[] = [
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
  ['UTF-16 little endian', utf16(text, true)],
  ['UTF-16 little endian with a byte order mark', utf16(`\ufeff${text}`, true)],
  ['UTF-16 big endian', utf16(text, false)],
  ['UTF-16 big endian with a byte order mark', utf16(`\ufeff${text}`, false)],
  ['UTF-32 little endian', utf32(text, true)],
  ['UTF-32 little endian with a byte order mark', utf32(`\ufeff${text}`, true)],
  ['UTF-32 big endian', utf32(text, false)],
  ['UTF-32 big endian with a byte order mark', utf32(`\ufeff${text}`, false)],
];

describe('decodeJson', () => {
  for (const [name, body] of encodings) {
    it(`reads ${name}`, () => {
      const decoded = decodeJson(body);

      assert.equal(decoded.text, text);
      assert.equal(new TextDecoder().decode(decoded.bytes), text);
    });
  }

  it('reads a single character in two bytes', () => {
    assert.equal(decodeJson(utf16('1', true)).text, '1');
    assert.equal(decodeJson(utf16('1', false)).text, '1');
    assert.equal(decodeJson(Buffer.from('12')).text, '12');
  });

  it('reads nothing from nothing', () => {
    assert.equal(decodeJson(new Uint8Array()).text, '');
  });

  const invalid: readonly (readonly [string, Uint8Array, string])[] = [
    ['latin-1', Buffer.from('{"error": "\xe9"}', 'latin1'), 'UTF-8'],
    ['a surrogate in UTF-8', Buffer.from('22eda08022', 'hex'), 'UTF-8'],
    ['a lone surrogate in UTF-16', utf16('"\ud800"', true), 'UTF-16LE'],
    ['a lone surrogate in UTF-16, big endian', utf16('"\ud800"', false), 'UTF-16BE'],
    ['a lone surrogate in UTF-32', utf32('"\ud800"', true), 'UTF-32LE'],
    ['a number beyond Unicode', Buffer.from('0000002200110000', 'hex'), 'UTF-32BE'],
    ['half a character', utf32('"a"', true).subarray(0, 10), 'UTF-32LE'],
  ];
  for (const [name, body, encoding] of invalid) {
    it(`refuses ${name}`, () => {
      assert.throws(
        () => decodeJson(body),
        (error) =>
          error instanceof InspectorError &&
          error.kind === 'invalid' &&
          error.message ===
            `Invalid data: expected a JSON object, got bytes that are not valid ${encoding}` &&
          error.cause instanceof SyntaxError,
      );
    });
  }
});
