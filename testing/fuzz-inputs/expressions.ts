import assert from 'node:assert/strict';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import { checkExpression } from '../../src/rules/python-regex/check-expression.ts';
import { compileExpression } from '../../src/rules/python-regex/compile-expression.ts';
import { ExpressionError } from '../../src/rules/python-regex/expression-error.ts';
import { headOf, textOf } from './edited-document.ts';
import type { FuzzTarget } from './fuzz-target.ts';

/** A regular expression in Python's syntax on a line, then the text. */
export const expressions: FuzzTarget = {
  name: 'expressions',
  words: [
    '(?:',
    '(?i)',
    '(?P<a>',
    '(?P=a)',
    '(?=',
    '(?<!',
    '(?#',
    '[^',
    '[[:alpha:]]',
    '\\d',
    '\\Z',
    '\\b',
    '{2,3}',
    '*?',
    '+',
    '\\x41',
    '\\u00e9',
    '(?x)',
    '(?s:',
    '|',
    '$',
    '^',
  ],
  seeds: [
    '^(?:eth|en[op])\\d+(?:s\\d{1,3})?$\neno1',
    '(?i)(?P<vendor>dell|hp)\\s+[^\\W_]+\\Z\nDELL Power',
    '(a+)+$\n5000*a',
    '(?x) a b # c\nab',
    '[a-c\\d\\-\\]]{2,}?|\\x41\\101\nA',
    '(x+x+)+y\n60000*x',
    '(?:\\w{1,100}){1,9}\nq',
    '(?s:.)(?m:^x$)\\b\\B\n\nx',
  ],
  run(input) {
    const [expression, text] = headOf(input.toString('latin1'));
    const source = textOf(expression, 5000);
    // `matches` and `contains` in turn: both at once would take the time of two.
    const anchored = text.length % 2 === 0;
    try {
      const found = compileExpression(source, { anchored }).test(textOf(text));
      assert.equal(typeof found, 'boolean');
    } catch (error) {
      // What was accepted on `POST /v1/rules` is evaluated.
      if (!(error instanceof ExpressionError)) throw error;
      assert.ok(!isChecked(source), error.message);
    }
  },
};

function isChecked(source: string): boolean {
  try {
    checkExpression(source);
    return true;
  } catch (error) {
    if (error instanceof InspectorError && error.kind === 'invalid') return false;
    throw error;
  }
}
