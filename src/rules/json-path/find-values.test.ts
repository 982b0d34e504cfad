// Shows these lines of docs/compatibility.md: rule-field-path.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonValue } from '../../json/json-value.ts';
import { findValues } from './find-values.ts';
import { parsePath } from './parse-path.ts';

const document = {
  a: { b: { c: 1 }, n: null, 'k 2': 'quoted' },
  list: [{ x: 1 }, { x: 2, y: [3] }, 'text'],
  text: 'aé😀',
  number: 5,
  yes: true,
  none: null,
};

const find = (path: string, value: JsonValue = document) =>
  findValues(parsePath(path), value).map((found) => found.value);

describe('findValues', () => {
  // As jsonpath-rw 1.4 finds them.
  const found: readonly (readonly [string, JsonValue[]])[] = [
    ['a.b.c', [1]],
    ['$.a.b.c', [1]],
    ['a.n', [null]],
    ['a.missing', []],
    ['number.x', []],
    ['list.x', []],
    ['a."k 2"', ['quoted']],
    ['a.*', [{ c: 1 }, null, 'quoted']],
    ["a.'*'", [{ c: 1 }, null, 'quoted']],
    ['list.*', []],
    ['list[0].x', [1]],
    ['list[-1]', ['text']],
    ['list[7]', []],
    ['text[1]', ['é']],
    ['text[2]', ['😀']],
    ['a[7]', []],
    ['list[*].x', [1, 2]],
    ['list[1:]', [{ x: 2, y: [3] }, 'text']],
    ['list[:1]', [{ x: 1 }]],
    ['list[-1:]', ['text']],
    ['number[*]', [5]],
    ['a.b[*]', [{ c: 1 }]],
    ['a.b[*].c', [1]],
    ['text[*]', ['aé😀']],
    ['number[1:]', []],
    ['$..x', [1, 2]],
    ['$..c', [1]],
    ['a..*', [{ c: 1 }, null, 'quoted', 1]],
    ['number,text', [5, 'aé😀']],
    ['number|text', [5, 'aé😀']],
    ['list[*].(x|y)', [1, 2, [3]]],
    ['(list[*]) where y', [{ x: 2, y: [3] }]],
    ['a.b.`this`.c', [1]],
    ['a.b.`parent`.n', [null]],
    ['a.b.$.number', [5]],
    ['constructor', []],
    ['a.__proto__', []],
  ];
  for (const [path, values] of found) {
    it(`finds ${path}`, () => {
      assert.deepEqual(find(path), values);
    });
  }

  const failures: readonly (readonly [string, RegExp])[] = [
    ['list[-4]', /index -4 is too far before the beginning of 3/],
    ['number[0]', /expected a list at index 0, got 5/],
    ['none[0]', /expected a list at index 0, got null/],
    ['a[0]', /expected a list at index 0, got an object/],
    ['none[*]', /expected a list, got null/],
    ['`parent`', /the root has no parent/],
  ];
  for (const [path, message] of failures) {
    it(`fails at ${path}`, () => {
      assert.throws(() => find(path), { name: 'InspectorError', kind: 'invalid', message });
    });
  }

  it('gives up a search without end', () => {
    const path = Array(60).fill('(a|a)').join('.');
    const value = Array(60)
      .fill(0)
      .reduce<JsonValue>((inner) => ({ a: inner }), 1);

    assert.throws(() => find(path, value), /expected at most 100000 steps/);
  });
});
