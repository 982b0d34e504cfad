import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseJson } from './parse-json.ts';
import { sortedJson } from './sorted-json.ts';

describe('sortedJson', () => {
  it('writes a compact line with names sorted at every level', () => {
    const value = { b: [{ d: 1, c: 'é' }, 10, 9], a: null, B: {} };

    assert.equal(sortedJson(value), '{"B":{},"a":null,"b":[{"c":"\\u00e9","d":1},10,9]}\n');
  });

  it('keeps the order of arrays of more than ten', () => {
    const value = [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0];

    assert.equal(sortedJson(value), `[${value.join(',')}]\n`);
  });

  it('writes an empty object as the answer to accepted requests', () => {
    assert.equal(sortedJson({}), '{}\n');
  });

  it('writes numbers as they came', () => {
    const { value, exactNumbers } = parseJson(Buffer.from('[1.0]'));

    assert.equal(sortedJson(value, exactNumbers), '[1.0]\n');
  });
});
