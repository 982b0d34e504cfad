import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TokenCache, tokenKey } from './token-cache.ts';
import type { TokenDocument } from './token-document.ts';

const token = { userId: 'u1' } as TokenDocument;

describe('TokenCache', () => {
  it('keeps no more than it may, the newest', () => {
    const cache = new TokenCache(300, () => new Date(), 2);

    for (const key of ['a', 'b', 'c']) cache.set(key, token);

    assert.deepEqual([cache.get('a'), cache.get('b'), cache.get('c')], [undefined, token, token]);
  });

  it('goes by digests', () => {
    assert.equal(tokenKey('a'), 'ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=');
  });
});
