import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonValue } from './json-value.ts';
import { refuseUnusable } from './refuse-unusable.ts';

describe('refuseUnusable', () => {
  it('lets data through', () => {
    assert.doesNotThrow(() => refuseUnusable({ a: [1, null, true, 'é😀', { b: {} }], __proto: 'x' }));
  });

  const refused: readonly (readonly [string, JsonValue, string])[] = [
    ['infinity', { disks: [{ size: Infinity }] }, 'disks[0].size is not a finite number'],
    ['no number', [Number.NaN], '[0] is not a finite number'],
    ['infinity as the document', -Infinity, 'the document is not a finite number'],
    ['a NUL', { a: { b: 'x\0' } }, 'a.b contains a NUL character'],
    ['a NUL as the document', '\0', 'the document contains a NUL character'],
    ['a lone surrogate', ['\ud800x'], '[0] contains a lone surrogate'],
    ['a name with a NUL', { a: { '\0': 1 } }, 'a member name in a contains a NUL character'],
    [
      'a name with a lone surrogate',
      { '\udfff': 1 },
      'a member name in the document contains a lone surrogate',
    ],
    [
      '__proto__',
      JSON.parse('{"a":[{"__proto__":{}}]}'),
      'a[0] has a member __proto__, which is not allowed',
    ],
  ];
  for (const [name, value, reason] of refused) {
    it(`refuses ${name}`, () => {
      assert.throws(() => refuseUnusable(value), { kind: 'invalid', message: `Invalid data: ${reason}` });
    });
  }
});
