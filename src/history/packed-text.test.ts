import assert from 'node:assert/strict';
import { it } from 'node:test';
import * as fc from 'fast-check';
import { packed, unpacked } from './packed-text.ts';

it('packed text comes back byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
      assert.equal(await unpacked(await packed(text)), text);
    }),
  );
});

it('packed text is much smaller where it repeats itself', async () => {
  const text = JSON.stringify(Array.from({ length: 500 }, (_, i) => ({ name: `/dev/sd${i}`, size: 1e11 })));

  assert.ok((await packed(text)).length < text.length / 5);
});
