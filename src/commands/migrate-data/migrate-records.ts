import { InspectorError } from '../../errors/inspector-error.ts';
import type { Outcome } from './migrate-record.ts';
import type { DataRecord } from './record.ts';
import { Counter, doneOf, type Tally } from './tally.ts';

/** What the run is made of. */
export interface MigrationRun {
  readonly uuids: AsyncIterable<string>;
  /** Copies one record; never throws. */
  readonly migrate: (record: DataRecord) => Promise<Outcome>;
  /** Told after each record. */
  readonly told: (record: DataRecord, outcome: Outcome, tally: Tally) => void;
  /** Aborted: no further record is begun. */
  readonly signal: AbortSignal;
  /** Records at work at once. */
  readonly concurrency: number;
}

/** As many failures in a row for want of a store say that it is gone. */
const patience = 20;

/**
 * Copies the records of all nodes, both kinds of each, some at once. Ends early where it was aborted.
 *
 * @throws InspectorError `unavailable` when a store has stopped answering, and whatever `uuids` throws.
 */
export async function migrateRecords(run: MigrationRun): Promise<Tally> {
  const records = recordsOf(run.uuids);
  const tally = new Counter();
  let inVain = 0;
  const work = async () => {
    while (!run.signal.aborted && inVain < patience) {
      const next = await records.next();
      if (next.done === true) return;
      const outcome = await run.migrate(next.value);
      tally.count(next.value, outcome);
      run.told(next.value, outcome, tally);
      inVain = outcome.kind === 'failed' && outcome.isUnreachable ? inVain + 1 : 0;
      if (inVain === patience && outcome.kind === 'failed') throw gone(tally, outcome.reason);
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: run.concurrency }, work));
  const failure = workers.find((worker) => worker.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
  return tally;
}

function gone(tally: Tally, reason: string): InspectorError {
  return new InspectorError(
    'unavailable',
    `Gave up: ${patience} records in a row failed, the last because: ${reason}. ${doneOf(tally)} records were looked ` +
      'at; run the command again when the store answers, and it goes on with what is missing',
  );
}

async function* recordsOf(uuids: AsyncIterable<string>): AsyncGenerator<DataRecord, void> {
  for await (const uuid of uuids) {
    yield { uuid, kind: 'processed' };
    yield { uuid, kind: 'unprocessed' };
  }
}
