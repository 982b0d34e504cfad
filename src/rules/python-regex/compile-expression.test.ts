// Shows these lines of docs/compatibility.md: rule-expression-dialect, rule-limits.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { processorTime } from '../../../testing/processor-time.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import { compileExpression } from './compile-expression.ts';

const search = (expression: string, text: string) =>
  compileExpression(expression, { anchored: false }).test(text);

describe('compileExpression', () => {
  // Each as Python's re.search answers.
  const found: readonly (readonly [string, string, boolean])[] = [
    ['a|b', 'xb', true],
    ['a$', 'a\n', true],
    ['a$', 'a\nb', false],
    ['(?m)a$', 'a\nb', true],
    ['^b', 'a\nb', false],
    ['(?m)^b', 'a\nb', true],
    ['a\\Z', 'a\n', false],
    ['\\Aa', 'ba', false],
    ['.', '\n', false],
    ['(?s).', '\n', true],
    ['^\\w+$', 'été', true],
    ['(?a)^\\w+$', 'été', false],
    ['[\\W]', 'été_1', false],
    ['[^\\W\\d]', '12', false],
    ['(?a)[\\W]', 'é', true],
    ['[\\D]', '12', false],
    ['(?a)[\\D\\S]', '1', true],
    ['\\D', '12', false],
    ['\\S', ' \u2003', false],
    ['[\\S]', ' \u2003', false],
    ['(?a)\\S', '\u2003', true],
    ['\\d', '٣', true],
    ['(?i)HELLO', 'hello', true],
    ['(?i)(?-i:h)', 'H', false],
    ['(?i:h)ello', 'Hello', true],
    ['(?s-m:.)', '\n', true],
    ['(?iu)É', 'é', true],
    ['[[:alpha:]]', 'Hello World', false],
    ['[[:alpha:]]', 'a]', true],
    ['[]a]', ']', true],
    ['[^]a]', ']', false],
    ['[a-]', '-', true],
    ['[\\b]', '\b', true],
    ['[\\1]', '\u0001', true],
    ['\\x41\\u0041\\U00000041\\101\\0', 'AAAA\0', true],
    ['\\a\\f\\n\\r\\t\\v', '\u0007\f\n\r\t\v', true],
    ['(?x) a b # c', 'ab', true],
    ['(?x) a\\ b #', 'a b', true],
    ['(?x)a {2}', 'aa', true],
    ['(?#comment)a', 'a', true],
    ['a{,2}b{1,}c{2}', 'bcc', true],
    ['a{x}', 'a{x}', true],
    ['()*a', 'a', true],
    ['(?P<name>l)o', 'Hello', true],
    ['(?<=o) W', 'Hello World', true],
    ['(?<!o) W', 'Hello World', false],
    ['(?<=$)', 'a', true],
    ['\\bWorld', 'Hello World', true],
    ['\\Borld', 'Hello World', true],
    ['a*?b??', 'x', true],
    ['foo\\.bar\\-', 'foo.bar-', true],
    ['😀$', 'a😀', true],
  ];
  for (const [expression, text, expected] of found) {
    it(`${expected ? 'finds' : 'does not find'} ${expression} in ${JSON.stringify(text)}`, () => {
      assert.equal(search(expression, text), expected);
    });
  }

  it('has to match at the beginning where that is wanted', () => {
    const anchored = compileExpression('b|c', { anchored: true });

    assert.equal(anchored.test('abc'), false);
    assert.equal(anchored.test('cab'), true);
  });

  const hostile = [
    '(a+)+$',
    '(a|a)*b',
    '(a|aa)+c',
    '(.*a){20}',
    '([a-z]+)*=',
    '(?:a?){30}a{30}b',
    '(?<=a)*b',
  ];
  for (const expression of hostile) {
    it(`takes linear time for ${expression}`, () => {
      const compiled = compileExpression(expression, { anchored: false });
      const spent = processorTime();

      compiled.test(`${'a'.repeat(30_000)}!`);

      assert.ok(spent() < 2000);
    });
  }

  it('refuses a text that is too long for the expression', () => {
    const compiled = compileExpression('[ab]*a[ab]{300}[cd]', { anchored: false });

    assert.throws(() => compiled.test('ab'.repeat(100_000)), {
      kind: 'invalid',
      message: /^the text is too long for this expression: expected at most \d+ characters, got 200000$/,
    });
  });

  it('never does worse than to refuse', () => {
    const pieces = [
      'a',
      'é',
      '\\w',
      '\\',
      '[',
      ']',
      '(',
      ')',
      '(?',
      '*',
      '+',
      '{2}',
      '|',
      '^',
      '$',
      '.',
      '-',
      ',',
    ];
    const expressions = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((all) => all.join('')),
    );
    const property = fc.property(expressions, fc.string({ maxLength: 200 }), (expression, text) => {
      const spent = processorTime();
      try {
        search(expression, text);
      } catch (error) {
        assert.ok(error instanceof InspectorError);
      }
      assert.ok(spent() < 1000, expression);
    });

    fc.assert(property, { numRuns: 300 });
  });
});
