import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { progressLine, progressTeller } from './progress.ts';
import { details, summary } from './tally.ts';

const none = { copied: 0, present: 0, empty: 0, failed: [] };

describe('summary', () => {
  it("has the original's words", () => {
    const failed = [
      { uuid: 'n1', kind: 'processed' },
      { uuid: 'n2', kind: 'unprocessed' },
    ] as const;

    assert.equal(summary(none), 'Finished introspection data migration, total records: 0. \n');
    assert.equal(
      summary({ ...none, copied: 3, present: 1 }),
      'Finished introspection data migration, total records: 4. all records are migrated successfully.\n',
    );
    assert.equal(
      summary({ ...none, copied: 2, failed }),
      'Finished introspection data migration, total records: 4. Failed to migrate:\n' +
        'n1(processed=True)\nn2(processed=False)\n',
    );
  });
});

describe('details', () => {
  it('tells the rest', () => {
    const tally = { copied: 1, present: 2, empty: 3, failed: [] };

    assert.equal(details(tally), '1 copied, 2 already at the target, 3 without content, 0 failed\n');
  });
});

describe('progress', () => {
  it('is told every five seconds', () => {
    let now = 1000;
    const lines: string[] = [];
    const told = progressTeller(200, { now: () => now, tell: (line) => lines.push(line) });

    for (let copied = 1; copied <= 12; copied++) {
      now += 1000;
      told({ ...none, copied });
    }

    assert.deepEqual(lines, [
      '5 of 200 records, 0 failed, 1.0 a second, about 3 min left\n',
      '10 of 200 records, 0 failed, 1.0 a second, about 3 min left\n',
    ]);
  });

  it('has whole numbers where they are large, and no end where nothing is done', () => {
    const failed = [{ uuid: 'n1', kind: 'processed' }] as const;

    assert.equal(
      progressLine({ ...none, copied: 999, failed }, 2000, 10),
      '1000 of 2000 records, 1 failed, 100 a second, about 10 s left',
    );
    assert.equal(progressLine(none, 10, 5), '0 of 10 records, 0 failed, 0.0 a second');
    assert.match(progressLine({ ...none, copied: 12 }, 10, 5), /about 0 s left$/);
  });
});
