import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Outcome } from './migrate-record.ts';
import { type MigrationRun, migrateRecords } from './migrate-records.ts';
import { type DataRecord, recordName } from './record.ts';

async function* uuids(count: number) {
  for (let n = 1; n <= count; n++) yield `n${n}`;
}

const unreachable: Outcome = { kind: 'failed', reason: 'no route', isUnreachable: true };

function run(changes: Partial<MigrationRun>): MigrationRun {
  return {
    uuids: uuids(3),
    migrate: async () => ({ kind: 'copied' }),
    told: () => {},
    signal: new AbortController().signal,
    concurrency: 2,
    ...changes,
  };
}

describe('migrateRecords', () => {
  it('goes through both kinds of every node, and counts what became of them', async () => {
    const seen: string[] = [];
    const outcomes: Outcome[] = [
      { kind: 'copied' },
      { kind: 'present' },
      { kind: 'no content' },
      { kind: 'failed', reason: 'x', isUnreachable: false },
    ];
    const migrate = async () => outcomes.shift() ?? { kind: 'copied' as const };

    const tally = await migrateRecords(
      run({ migrate, told: (record) => void seen.push(recordName(record)) }),
    );

    assert.deepEqual(seen.toSorted(), [
      'n1(processed=False)',
      'n1(processed=True)',
      'n2(processed=False)',
      'n2(processed=True)',
      'n3(processed=False)',
      'n3(processed=True)',
    ]);
    assert.deepEqual(
      { ...tally },
      { copied: 3, present: 1, empty: 1, failed: [{ uuid: 'n2', kind: 'unprocessed' }] },
    );
  });

  it('has some at work at once, and no more', async () => {
    let atWork = 0;
    let most = 0;
    const migrate = async (): Promise<Outcome> => {
      most = Math.max(most, ++atWork);
      await wait(1);
      atWork--;
      return { kind: 'copied' };
    };

    await migrateRecords(run({ uuids: uuids(20), migrate, concurrency: 4 }));

    assert.equal(most, 4);
  });

  it('begins no record after it was aborted, and ends what it has begun', async () => {
    const controller = new AbortController();
    const migrate = async (record: DataRecord): Promise<Outcome> => {
      if (record.uuid === 'n2') controller.abort();
      await wait(1);
      return { kind: 'copied' };
    };

    const tally = await migrateRecords(
      run({ uuids: uuids(100), migrate, signal: controller.signal, concurrency: 1 }),
    );

    assert.equal(tally.copied, 3);
  });

  it('gives up when a store has gone', async () => {
    let tried = 0;
    const migrate = async (): Promise<Outcome> => (++tried <= 5 ? { kind: 'copied' } : unreachable);

    await assert.rejects(migrateRecords(run({ uuids: uuids(1000), migrate, concurrency: 4 })), {
      name: 'InspectorError',
      kind: 'unavailable',
      message:
        'Gave up: 20 records in a row failed, the last because: no route. 25 records were looked at; run the command ' +
        'again when the store answers, and it goes on with what is missing',
    });
    assert.ok(tried <= 29, `${tried}`);
  });

  it('goes on over failures that stand alone', async () => {
    let tried = 0;
    const migrate = async (): Promise<Outcome> => (++tried % 2 === 0 ? unreachable : { kind: 'copied' });

    const tally = await migrateRecords(run({ uuids: uuids(100), migrate }));

    assert.equal(tally.failed.length, 100);
  });

  it('ends with what listing the nodes ends with', async () => {
    async function* broken() {
      yield 'n1';
      throw new Error('no table');
    }

    await assert.rejects(migrateRecords(run({ uuids: broken() })), /no table/);
  });
});
