import assert from 'node:assert/strict';
import { it } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import * as fc from 'fast-check';
import { packed, unpacked } from './packed-text.ts';

it('packed text comes back byte for byte', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      assert.equal(unpacked(packed(text)), text);
    }),
  );
});

it('packed text is much smaller where it repeats itself', () => {
  const text = JSON.stringify(Array.from({ length: 500 }, (_, i) => ({ name: `/dev/sd${i}`, size: 1e11 })));

  assert.ok(packed(text).length < text.length / 5);
});

it('text that an earlier version packed with brotli comes back', () => {
  const body = brotliCompressSync('{"inventory": {}}').toString('base64');

  assert.equal(unpacked(body), '{"inventory": {}}');
});
