import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { processorTime } from '../../testing/processor-time.ts';
import { pythonInt } from './python-int.ts';

describe('pythonInt', () => {
  const integers: readonly (readonly [string, bigint])[] = [
    ['0', 0n],
    ['10', 10n],
    ['+5', 5n],
    ['-5', -5n],
    ['007', 7n],
    ['1_0', 10n],
    ['  10\t\n', 10n],
    ['\u00a010', 10n],
    ['99999999999999999999', 99999999999999999999n],
    ['٣٠', 30n],
    ['𝟙𝟬', 10n],
    ['\u{1d7ff}', 9n],
  ];
  for (const [text, value] of integers) {
    it(`reads ${JSON.stringify(text)}`, () => {
      assert.equal(pythonInt(text), value);
    });
  }

  const others: readonly (readonly [string, string])[] = [
    ['', "''"],
    [' ', "' '"],
    ['x', "'x'"],
    ['1.5', "'1.5'"],
    ['1e1', "'1e1'"],
    ['0x1', "'0x1'"],
    ['1__0', "'1__0'"],
    ['_1', "'_1'"],
    ['1_', "'1_'"],
    ['+-1', "'+-1'"],
    ['- 1', "'- 1'"],
    ['²', "'²'"],
    ["it's", `"it's"`],
  ];
  for (const [text, repr] of others) {
    it(`refuses ${JSON.stringify(text)} in Python's words`, () => {
      assert.throws(() => pythonInt(text), {
        kind: 'invalid',
        message: `invalid literal for int() with base 10: ${repr}`,
      });
    });
  }

  it('takes linear time', () => {
    const spent = processorTime();

    assert.throws(() => pythonInt(`${' '.repeat(100_000)}x`));
    assert.throws(() => pythonInt(`${'1'.repeat(100_000)}x`));

    assert.ok(spent() < 2000);
  });
});
