// Shows these lines of docs/compatibility.md: rule-expression-reasons.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkExpression } from './check-expression.ts';

describe('checkExpression', () => {
  for (const expression of [
    '',
    '[0-9]+',
    '(?P<n>a)(?P=n)',
    '\\A.*\\Z',
    '(?i)abc',
    'a|b',
    'a\\-b',
    '(?<=a)b',
    '{',
  ]) {
    it(`takes ${expression}`, () => {
      assert.doesNotThrow(() => checkExpression(expression));
    });
  }

  const refusals: readonly (readonly [string, string])[] = [
    ['(?P<', 'Invalid capture group name'],
    ['(', 'Unterminated group'],
    ['[a', 'Unterminated character class'],
    ['*', 'Nothing to repeat'],
    ['a'.repeat(4097), 'expected at most 4096 characters, got 4097'],
  ];
  for (const [expression, reason] of refusals) {
    it(`refuses ${expression.slice(0, 20)}`, () => {
      assert.throws(() => checkExpression(expression), {
        name: 'InspectorError',
        kind: 'invalid',
        message: `invalid regular expression: ${reason}`,
      });
    });
  }
});
