import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { JsonObject, JsonValue } from './json-value.ts';
import { parseJson } from './parse-json.ts';
import { pythonJson } from './python-json.ts';

describe('pythonJson', () => {
  it('writes one line with blanks, names in their own order', () => {
    const value = { b: [1, 2.5, true, false, null], a: { c: {} }, d: [] };

    assert.equal(pythonJson(value), '{"b": [1, 2.5, true, false, null], "a": {"c": {}}, "d": []}');
  });

  it('writes scalars', () => {
    assert.equal(pythonJson('x'), '"x"');
    assert.equal(pythonJson(1), '1');
    assert.equal(pythonJson(null), 'null');
  });

  it('escapes all but ASCII, in texts and names', () => {
    const value = { é: '😀\u007f"\\/\n\r\t\b\f\u0001\u2028' };

    assert.equal(
      pythonJson(value),
      '{"\\u00e9": "\\ud83d\\ude00\\u007f\\"\\\\/\\n\\r\\t\\b\\f\\u0001\\u2028"}',
    );
  });

  it('keeps lone surrogates as escapes', () => {
    assert.equal(pythonJson('\ud800x\udfff'), '"\\ud800x\\udfff"');
  });

  it('writes numbers as they came', () => {
    const text = '{"a": 1.0, "b": [100000.0, 18446744073709551615, -0.0], "c": 1e+22, "d": 1e-07}';

    const { value, exactNumbers } = parseJson(Buffer.from(text));

    assert.equal(pythonJson(value, exactNumbers), text);
  });

  it('writes a changed number as its new value', () => {
    const { value, exactNumbers } = parseJson(Buffer.from('{"a": 1.0}'));
    (value as JsonObject).a = 2;

    assert.equal(pythonJson(value, exactNumbers), '{"a": 2}');
  });

  it('reads own members only', () => {
    const value = JSON.parse('{"__proto__": {"x": 1}, "constructor": 2, "toString": 3}') as JsonObject;

    assert.equal(pythonJson(value), '{"__proto__": {"x": 1}, "constructor": 2, "toString": 3}');
  });

  it('writes names that are whole numbers first (docs/compatibility.md, json-whole-number-names)', () => {
    const { value } = parseJson(Buffer.from('{"b": 1, "10": 2, "2": 3, "-1": 4}'));

    assert.equal(pythonJson(value), '{"2": 3, "10": 2, "b": 1, "-1": 4}');
  });

  it('leaves out what is undefined', () => {
    const value = { a: undefined, b: 1 } as unknown as JsonObject;

    assert.equal(pythonJson(value), '{"b": 1}');
  });

  it('refuses a cycle', () => {
    const value: JsonObject = {};
    value.self = value;

    assert.throws(() => pythonJson(value), {
      kind: 'internal',
      message: 'Cannot write JSON: expected at most 1000 levels of nesting',
    });
  });

  it('writes what reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const normal = JSON.parse(JSON.stringify(value)) as JsonValue;
        assert.deepEqual(JSON.parse(pythonJson(normal)), normal);
      }),
    );
  });
});
