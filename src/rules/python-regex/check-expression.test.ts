// Shows these lines of docs/compatibility.md: rule-expression-dialect.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkExpression } from './check-expression.ts';

describe('checkExpression', () => {
  for (const expression of [
    '',
    '[0-9]+',
    '(?P<n>a)b',
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
    ['(?P<', 'missing >, unterminated name at position 4'],
    ['(', 'missing ), unterminated subpattern at position 0'],
    ['a)', 'unbalanced parenthesis at position 1'],
    ['(?#', 'missing ), unterminated comment at position 0'],
    ['(?P>a)', 'unknown extension ?P> at position 1'],
    ['(?P<>a)', 'missing group name at position 4'],
    ['(?P<1>a)', "bad character in group name '1' at position 4"],
    ['(?z)', 'unknown extension ?z at position 1'],
    ['(?i', 'missing -, : or ) at position 3'],
    ['a(?i)', 'global flags not at the start of the expression at position 1'],
    ['(?L)a', "bad inline flags: cannot use 'L' flag with a str pattern at position 3"],
    ['(?au)a', "bad inline flags: flags 'a', 'u' and 'L' are incompatible at position 4"],
    ['(?i-i:a)', 'bad inline flags: flag turned on and off at position 5'],
    ['[a', 'unterminated character set at position 0'],
    ['[z-a]', 'bad character range at position 1'],
    ['[a-\\d]', 'bad character range at position 1'],
    ['*', 'nothing to repeat at position 0'],
    ['a|*', 'nothing to repeat at position 2'],
    ['a**', 'multiple repeat at position 2'],
    ['a{2,1}', 'min repeat greater than max repeat at position 2'],
    ['\\', 'bad escape (end of pattern) at position 0'],
    ['\\q', 'bad escape \\q at position 0'],
    ['[\\Z]', 'bad escape \\Z at position 1'],
    ['[\\8]', 'bad escape \\8 at position 1'],
    ['\\x4', 'incomplete escape \\x4 at position 0'],
    ['\\U00110000', 'bad escape \\U00110000 at position 0'],
    ['\\777', 'octal escape value \\777 outside of range 0-0o377 at position 0'],
    ['(?<=a*)b', 'look-behind requires fixed-width pattern'],
    ['(a)\\1', 'references to groups (\\1, \\2, ...) are not supported at position 3'],
    ['(?P<n>a)(?P=n)', 'references to groups (?P=...) are not supported at position 8'],
    ['a(?=b)', 'look-aheads (?=...) are not supported at position 1'],
    ['a(?!b)', 'look-aheads (?!...) are not supported at position 1'],
    ['(?>a)', 'atomic groups (?>...) are not supported at position 0'],
    ['(a)?(?(1)b)', 'conditions (?(...) are not supported at position 4'],
    ['a++', 'possessive repetitions are not supported at position 1'],
    ['\\N{DASH}', 'names of characters (\\N{...}) are not supported at position 0'],
    ['a{1001}', 'expected at most 1000 repetitions, got 1001'],
    ['(?:a{100}){100}', 'expected at most 2000 steps with all repetitions, got more'],
    ['\\w'.repeat(201), 'expected at most 200 sets of characters'],
    ['('.repeat(101) + ')'.repeat(101), 'expected at most 100 nested groups'],
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
