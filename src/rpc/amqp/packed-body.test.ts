import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { packBody, unpackBody } from './packed-body.ts';

const unpacked = ({ body, contentEncoding }: ReturnType<typeof packBody>) =>
  unpackBody(body, contentEncoding).toString();

describe('packBody', () => {
  it('leaves small texts as they are, and packs large ones', () => {
    const small = packBody('"ü"');
    const large = packBody('ü'.repeat(600_000));

    assert.deepEqual(small, { body: Buffer.from('"ü"'), contentEncoding: 'utf-8' });
    assert.equal(large.contentEncoding, 'gzip');
    assert.ok(large.body.length < 10_000);
    assert.equal(unpacked(small), '"ü"');
    assert.equal(unpacked(large), 'ü'.repeat(600_000));
  });

  it('refuses what no broker takes', () => {
    assert.throws(() => packBody('x'.repeat(11), 10), {
      kind: 'too-large',
      message: 'Expected data that packs into a message of 10 bytes, got 11',
    });
  });
});

describe('unpackBody', () => {
  it('refuses what is not packed', () => {
    assert.throws(() => unpackBody(Buffer.from('x'), 'gzip'), { kind: 'internal' });
  });
});
