import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { closingLines, countsOf } from './test-counts.ts';

const output = [
  '✔ says "ℹ pass 100" (0.1ms)',
  '\u001B[34mℹ tests 9\u001B[39m',
  '\u001B[34mℹ pass 5\u001B[39m',
  'ℹ fail 1',
  'ℹ cancelled 1',
  'ℹ skipped 1',
  'ℹ todo 1',
  'ℹ duration_ms 12.5',
  '# pass 10',
  '# skipped 2',
].join('\n');

describe('countsOf', () => {
  it('adds up all runs, takes cancelled tests for failed ones and planned ones for skipped', () => {
    assert.deepEqual(countsOf(output), { passed: 15, failed: 2, skipped: 4 });
  });

  it('is zero where no test has run', () => {
    assert.deepEqual(countsOf('nothing'), { passed: 0, failed: 0, skipped: 0 });
  });
});

describe('closingLines', () => {
  it('keeps what the runner ends with, without colours', () => {
    assert.deepEqual(closingLines(output).split('\n').slice(0, 2), ['ℹ tests 9', 'ℹ pass 5']);
  });
});
