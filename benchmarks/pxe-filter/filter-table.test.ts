import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { filterTable } from './filter-table.ts';

describe('filterTable', () => {
  it('shows spreads, and marks what is computed and what is missing', () => {
    const table = filterTable([
      { who: 'ours', macs: 1000, fullSync: 12.34, idleSync: 5, change: [3, 1, 2], inEffect: [0.5] },
      { who: 'original', macs: 1000, fullSync: 720_000, made: 14, change: [720_000] },
      { who: 'other', macs: 1000, error: 'no sudo' },
    ]);

    assert.equal(
      table,
      [
        '|  | MACs | full sync | sync of nothing | a change | first packet by the new rule |',
        '| --- | --- | --- | --- | --- | --- |',
        '| ours | 1,000 | 12.3 ms | 5.0 ms | 1.0 ms / 2.0 ms / 3.0 ms | 0.5 ms |',
        '| original | 1,000 | 720 s\\* |  | 720 s\\* |  |',
        '| other | 1,000 | not measured |  |  |  |',
        '',
        '- \\* original, 1000: computed from 14 calls',
        '- other, 1000: no sudo',
        '',
      ].join('\n'),
    );
  });
});
