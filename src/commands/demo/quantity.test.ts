import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bytesText, countText } from './quantity.ts';

describe('bytesText', () => {
  for (const [bytes, expected] of [
    [0, '0 B'],
    [1, '1 B'],
    [1023, '1023 B'],
    [1024, '1 KiB'],
    [1536, '1.5 KiB'],
    [24 * 2 ** 30, '24 GiB'],
    [480_103_981_056, '447.1 GiB'],
    [2 ** 40, '1 TiB'],
    [2 ** 70, '1048576 PiB'],
  ] as const) {
    it(`shows ${bytes} as ${expected}`, () => {
      assert.equal(bytesText(bytes), expected);
    });
  }
});

describe('countText', () => {
  it('knows one from many', () => {
    assert.deepEqual(
      [0, 1, 2].map((count) => countText(count, 'disk')),
      ['0 disks', '1 disk', '2 disks'],
    );
  });
});
