import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cutText } from './cut-text.ts';
import { escapeControl } from './escape-control.ts';

describe('escapeControl', () => {
  for (const [text, expected] of [
    ['plain é 漢 😀', 'plain é 漢 😀'],
    ['a\nb\r\nc', 'a\\nb\\r\\nc'],
    ['tabs\tstay', 'tabs\tstay'],
    ['\u001b[31mred', '\\x1b[31mred'],
    ['\u0000\u007f\u009b', '\\x00\\x7f\\x9b'],
    ['a\u2028b\u2029c', 'a\\u2028b\\u2029c'],
    ['\u202etxt.exe\u2066', '\\u202etxt.exe\\u2066'],
  ] as const) {
    it(`makes ${JSON.stringify(expected)} of ${JSON.stringify(text)}`, () => {
      assert.equal(escapeControl(text), expected);
    });
  }
});

describe('cutText', () => {
  it('leaves what is short enough', () => assert.equal(cutText('12345', 5), '12345'));

  it('cuts, and says how long the text was', () => {
    assert.equal(cutText('123456', 5), '12345… [cut, 6 characters in all]');
  });

  it('does not split a surrogate pair', () => {
    assert.equal(cutText('ab😀cd', 3), 'ab… [cut, 6 characters in all]');
    assert.equal(cutText('ab😀cd', 4), 'ab😀… [cut, 6 characters in all]');
  });
});
