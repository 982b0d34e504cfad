import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { resultTable, shortNumber } from './result-table.ts';

describe('the table of results', () => {
  it('has a line for each row, with spreads and paired ratios', () => {
    const samples = { ours: [100, 200, 300], original: [10, 10, 10], floor: [400, 400, 400] };

    const [, , line] = resultTable([
      { subset: 'continue', name: '60 KiB', unit: 'introspections/s', better: 'higher', samples },
    ]).split('\n');

    assert.equal(
      line,
      '| continue: 60 KiB | introspections/s | 100 / 200 / 300 | 10 / 10 / 10 | 10 / 20 / 30 | 400 / 400 / 400 | 1.33 / 2 / 4 |',
    );
  });

  it('says where a contestant did not get there, and has empty cells for who took no part', () => {
    const head = { subset: 'growth', unit: 'ms', better: 'lower' } as const;

    const [, , never, once] = resultTable([
      { ...head, name: 'never', samples: { ours: [1], original: [null] } },
      { ...head, name: 'once', samples: { original: [null, 2] } },
    ]).split('\n');

    assert.equal(never, '| growth: never | ms | 1 / 1 / 1 | not in time |  |  |  |');
    assert.equal(once, '| growth: once | ms |  | 2 / 2 / 2 (1 not in time) |  |  |  |');
  });
});

describe('numbers', () => {
  it('have three digits, or all before the point', () => {
    assert.deepEqual([0.012345, 1.23456, 12.3456, 123.456, 12345.6, 0].map(shortNumber), [
      '0.0123',
      '1.23',
      '12.3',
      '123',
      '12,346',
      '0',
    ]);
  });
});
