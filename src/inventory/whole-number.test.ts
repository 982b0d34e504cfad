import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonValue } from '../json/json-value.ts';
import { wholeNumber } from './whole-number.ts';

describe('wholeNumber', () => {
  const cases: [JsonValue | undefined, number | undefined][] = [
    [48, 48],
    [7.9, 7],
    [-7.9, -7],
    [-0.5, 0],
    [true, 1],
    [false, 0],
    ['16', 16],
    [' 2048 ', 2048],
    ['+5', 5],
    ['-5', -5],
    ['-0', 0],
    ['1_000', 1000],
    ['1__0', undefined],
    ['_1', undefined],
    ['7.9', undefined],
    ['2 GB', undefined],
    ['', undefined],
    ['0x10', undefined],
    ['9'.repeat(400), undefined],
    ['0'.repeat(5000), undefined],
    [null, undefined],
    [undefined, undefined],
    [[], undefined],
    [{}, undefined],
    [Number.POSITIVE_INFINITY, undefined],
  ];

  for (const [value, expected] of cases) {
    it(`makes ${expected} of ${JSON.stringify(value)?.slice(0, 20)}`, () => {
      assert.ok(Object.is(wholeNumber(value), expected));
    });
  }
});
