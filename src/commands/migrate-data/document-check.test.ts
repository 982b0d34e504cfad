import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hasContent } from './document-check.ts';

describe('hasContent', () => {
  for (const text of ['{}', ' {\n} ', '[]', 'null', 'false', '0', '0.0', '-0', '""', ' "" ']) {
    it(`is false for ${JSON.stringify(text)}, as in Python`, () => assert.equal(hasContent(text), false));
  }

  for (const text of [
    '{"a": 0}',
    '[0]',
    'true',
    '1',
    '"0"',
    'NaN',
    '-Infinity',
    '{"a": NaN, "b": "NaN \\" Infinity"}',
  ]) {
    it(`is true for ${text}`, () => assert.equal(hasContent(text), true));
  }

  for (const text of ['', '{', '{"password": "hunter2', '{"a": 1}}', 'nan', "{'a': 1}", '{"a": "NaN}']) {
    it(`refuses ${JSON.stringify(text)}, and does not show it`, () => {
      assert.throws(() => hasContent(text), {
        name: 'InspectorError',
        kind: 'invalid',
        message: `expected JSON, got ${text.length} characters that are none`,
      });
    });
  }

  it('takes megabytes', () => {
    assert.equal(hasContent(`{"a": NaN, "b": "${'x'.repeat(5 * 1024 * 1024)}"}`), true);
  });
});
