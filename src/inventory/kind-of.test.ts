import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { kindOf } from './kind-of.ts';

describe('kindOf', () => {
  it('names every kind of value', () => {
    const kinds = [undefined, null, [], {}, true, false, 5, 'x'].map((value) => kindOf(value));

    assert.deepEqual(kinds, ['nothing', 'null', 'a list', 'an object', 'true', 'false', 'a number', 'text']);
  });
});
