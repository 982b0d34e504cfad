import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { wrapText } from './wrap-text.ts';

describe('wrapText', () => {
  // The results are those of textwrap.wrap(text, width, subsequent_indent='  ') of Python 3.11.
  for (const [what, text, width, lines] of [
    ['nothing', '', 10, []],
    ['white space', ' \n ', 10, []],
    ['a short text', 'ab cd', 10, ['ab cd']],
    ['words', 'aaa bbb ccc ddd', 8, ['aaa bbb', '  ccc', '  ddd']],
    ['a text that fills its line', 'aaaa bbb', 8, ['aaaa bbb']],
    ['words with hyphens', 'backwards-compatible manner', 14, ['backwards-', '  compatible', '  manner']],
    [
      'options, which are no words with hyphens',
      'see --config-file now',
      12,
      ['see', '  --config-', '  file now'],
    ],
    ['single letters, which keep together', 'x a-b c', 6, ['x a-b', '  c']],
    ['a word that is too long', 'to abcdefghijklmno', 8, ['to abcde', '  fghijk', '  lmno']],
    [
      'a long word with a hyphen between digits',
      '123-4567890123456',
      8,
      ['123-', '  456789', '  012345', '  6'],
    ],
    [
      'a long word that breaks behind its hyphen',
      '12-3-456789012345',
      6,
      ['12-3-', '  4567', '  8901', '  2345'],
    ],
  ] as const) {
    it(`breaks ${what}`, () => {
      assert.deepEqual(wrapText(text, width, '  '), lines);
    });
  }

  it('takes any white space for one space', () => {
    assert.deepEqual(wrapText(' aaa\n bbb\t\tccc ', 20, '  '), ['aaa bbb ccc']);
  });
});
