import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonValue } from './json-value.ts';
import { pythonRepr, pythonStr } from './python-repr.ts';

describe('pythonRepr', () => {
  const cases: [JsonValue, string][] = [
    [null, 'None'],
    [true, 'True'],
    [false, 'False'],
    [0, '0'],
    [-0, '0'],
    [42, '42'],
    [-7, '-7'],
    [2.5, '2.5'],
    [1e21, '1000000000000000000000'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [-1.5e-7, '-1.5e-07'],
    [1e-100, '1e-100'],
    [Number.POSITIVE_INFINITY, 'inf'],
    [Number.NEGATIVE_INFINITY, '-inf'],
    [Number.NaN, 'nan'],
    ['', "''"],
    ['red', "'red'"],
    ["it's", '"it\'s"'],
    ['say "x"', '\'say "x"\''],
    ['it\'s "x"', "'it\\'s \"x\"'"],
    ['a\\b', "'a\\\\b'"],
    ['a\n\r\tb', "'a\\n\\r\\tb'"],
    ['\0\x1f\x7f', "'\\x00\\x1f\\x7f'"],
    ['\u00a0\u00ad', "'\\xa0\\xad'"],
    ['\u2028', "'\\u2028'"],
    ['\ud800x', "'\\ud800x'"],
    ['\u{e0001}', "'\\U000e0001'"],
    ['é世😀', "'é世😀'"],
    [[], '[]'],
    [[1, 'a', null], "[1, 'a', None]"],
    [{}, '{}'],
    [{ colour: 'red', "it's": [true] }, "{'colour': 'red', \"it's\": [True]}"],
  ];

  for (const [value, expected] of cases) {
    it(`writes ${JSON.stringify(value)} as ${expected}`, () => {
      assert.equal(pythonRepr(value), expected);
    });
  }
});

describe('pythonStr', () => {
  it('leaves text as it stands', () => {
    assert.equal(pythonStr("it's"), "it's");
  });

  it('writes everything else as its repr', () => {
    assert.equal(pythonStr(null), 'None');
    assert.equal(pythonStr({ code: 1 }), "{'code': 1}");
  });
});
