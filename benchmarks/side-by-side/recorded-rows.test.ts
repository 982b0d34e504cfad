import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pairedRatios, type RecordedRow, RecordedRows, spreadOf } from './recorded-rows.ts';

const head = { subset: 'continue', name: 'any', unit: 'ms', better: 'lower' } as const;

describe('recorded rows', () => {
  it('keep samples by row, contestant and round, in the order in which rows turned up', () => {
    const rows = new RecordedRows();

    rows.add(head, 'ours', 0, 1);
    rows.add({ ...head, name: 'other' }, 'ours', 0, 5);
    rows.add(head, 'original', 0, 10);
    rows.add(head, 'ours', 1, 2);

    assert.deepEqual(rows.all(), [
      { ...head, samples: { ours: [1, 2], original: [10] } },
      { ...head, name: 'other', samples: { ours: [5] } },
    ]);
  });

  it('have nothing for rounds that were left out', () => {
    const rows = new RecordedRows();

    rows.add(head, 'ours', 2, 3);

    assert.deepEqual(rows.all()[0]?.samples.ours, [null, null, 3]);
  });

  it('spread over the rounds that have a number', () => {
    assert.deepEqual(spreadOf([3, null, 1, 2]), { min: 1, median: 2, max: 3 });
    assert.equal(spreadOf([null]), undefined);
    assert.equal(spreadOf(undefined), undefined);
  });
});

describe('ratios', () => {
  const row = (better: RecordedRow['better'], ours: (number | null)[], original: (number | null)[]) => ({
    ...head,
    better,
    samples: { ours, original },
  });

  it('are of the same round, above 1 for the better one', () => {
    // Ratios of the medians would be 1.
    assert.deepEqual(pairedRatios(row('higher', [10, 20, 30], [20, 5, 20]), 'ours', 'original'), {
      min: 0.5,
      median: 1.5,
      max: 4,
    });
    assert.deepEqual(pairedRatios(row('lower', [10], [20]), 'ours', 'original'), {
      min: 2,
      median: 2,
      max: 2,
    });
  });

  it('leave out rounds in which one of them has no number', () => {
    assert.deepEqual(pairedRatios(row('lower', [10, null, 5], [null, 20, 20]), 'ours', 'original'), {
      min: 4,
      median: 4,
      max: 4,
    });
    assert.equal(pairedRatios(row('lower', [10], []), 'ours', 'original'), undefined);
    assert.equal(pairedRatios(row('lower', [10], [20]), 'ours', 'floor'), undefined);
  });

  it('are not there for what is neither better nor worse', () => {
    assert.equal(pairedRatios(row('neither', [10], [20]), 'ours', 'original'), undefined);
  });
});
