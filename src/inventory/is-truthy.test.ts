import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isTruthy } from './is-truthy.ts';

describe('isTruthy', () => {
  it('takes null, false, zero and what is empty for absent', () => {
    for (const value of [undefined, null, false, 0, '', [], {}]) assert.equal(isTruthy(value), false);
  });

  it('takes everything else for present', () => {
    for (const value of [true, 1, -1, '0', ' ', [null], { a: null }]) assert.equal(isTruthy(value), true);
  });
});
