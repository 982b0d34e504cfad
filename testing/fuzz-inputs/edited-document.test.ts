import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pythonJson } from '../../src/json/python-json.ts';
import { editedDocument, headOf, partsOf, textOf } from './edited-document.ts';

const edited = (edits: string, base = { a: [1, { b: 2 }], c: 'x' }) => {
  const { value, exactNumbers } = editedDocument(base, edits);
  return pythonJson(value, exactNumbers);
};

describe('editedDocument', () => {
  const cases: Record<string, string> = {
    'c 5': '{"a": [1, {"b": 2}], "c": 5}',
    'c 1.0\na.1.b [1e3]': '{"a": [1, {"b": [1000.0]}], "c": 1.0}',
    'a.1 no {json': '{"a": [1, "no {json"], "c": "x"}',
    'a.+ 7\na.2+ 8': '{"a": [1, {"b": 2}, 7, 8, 8], "c": "x"}',
    'd.e.f null': '{"a": [1, {"b": 2}], "c": "x", "d": {"e": {"f": null}}}',
    'c 3*ab': '{"a": [1, {"b": 2}], "c": "ababab"}',
    'c.d 1\na.x.y 1\nnothing': '{"a": [1, {"b": 2}], "c": "x"}',
  };
  for (const [edits, expected] of Object.entries(cases)) {
    it(`makes of ${JSON.stringify(edits)} ${expected}`, () => {
      assert.equal(edited(edits), expected);
    });
  }

  it('does not grow without end', () => {
    assert.ok(edited('a.99999+ 99999*x').length < 100);
  });

  it('refuses what the service refuses', () => {
    assert.throws(() => edited('c 1e999'), /not a finite number/);
    assert.throws(() => edited('__proto__ 5'), /__proto__/);
  });
});

describe('the parts of an input', () => {
  it('are divided by a line', () => {
    assert.deepEqual(partsOf(Buffer.from('a\n---\nb'), 3), ['a\n', 'b', '']);
    assert.deepEqual(headOf('a\nb\nc'), ['a', 'b\nc']);
    assert.deepEqual(headOf('a'), ['a', '']);
    assert.equal(textOf('100*ab', 5), 'abab');
  });
});
