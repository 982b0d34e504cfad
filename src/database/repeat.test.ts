// Shows these lines of docs/compatibility.md: db-retry-jitter.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fakePacing } from '../../testing/fake-pacing.ts';
import { serverError } from '../../testing/fake-server-engine.ts';
import { defaultsOf } from '../config/option.ts';
import { DatabaseUnavailable } from '../errors/database-unavailable.ts';
import { databaseOptions } from './database-options.ts';
import { LostConnection } from './dialects/fault.ts';
import { postgresqlFaults } from './dialects/postgresql-faults.ts';
import { pauseBetween, repeatTransaction } from './repeat.ts';

const defaults = defaultsOf(databaseOptions);

async function waitsOf(changes: Partial<typeof defaults>, random = 1): Promise<number[]> {
  const pacing = fakePacing(random);
  const pause = pauseBetween({ ...defaults, ...changes }, pacing);
  for (let again = 1; again < 40; again++) if (!(await pause(again))) break;
  return pacing.waits.map(Math.round);
}

describe('the wait before a transaction runs again', () => {
  it('begins at a fiftieth of db_retry_interval and doubles up to db_max_retry_interval', async () => {
    const waits = await waitsOf({});

    assert.deepEqual(waits.slice(0, 4), [20, 40, 80, 160]);
    assert.deepEqual(waits.slice(8, 11), [5120, 10_000, 10_000]);
  });

  it('is a random part of that, so that two who met do not meet again', async () => {
    assert.deepEqual((await waitsOf({}, 0.25)).slice(0, 3), [5, 10, 20]);
  });

  it('comes db_max_retries times, without limit for -1, and never for 0', async () => {
    assert.equal((await waitsOf({})).length, 20);
    assert.equal((await waitsOf({ db_max_retries: -1 })).length, 39);
    assert.equal((await waitsOf({ db_max_retries: 0 })).length, 0);
  });

  it('is db_retry_interval when it does not increase', async () => {
    const waits = await waitsOf({ db_inc_retry_interval: false, db_retry_interval: 3, db_max_retries: 2 });

    assert.deepEqual(waits, [3000, 3000]);
  });
});

describe('repeatTransaction', () => {
  const location = 'PostgreSQL database "x" on db:5432';

  function repeated(failures: unknown[], most = 5) {
    const seen: number[] = [];
    let runs = 0;
    const result = repeatTransaction(
      async () => {
        runs++;
        if (failures.length > 0) throw failures.shift();
        return runs;
      },
      { faultOf: postgresqlFaults, location, pause: async (again) => seen.push(again) <= most },
    );
    return { result, seen };
  }

  it('runs again after a deadlock, a lock time-out, a failed serialisation and a lost connection', async () => {
    const failures = [
      ...['40P01', '55P03', '40001'].map((code) => serverError(code)),
      new LostConnection('gone'),
    ];

    const { result, seen } = repeated(failures);

    assert.equal(await result, 5);
    assert.deepEqual(seen, [1, 2, 3, 4]);
  });

  it('gives up after many, with an error that says what happened', async () => {
    const cause = serverError('40P01', 'deadlock detected');

    const { result } = repeated(
      Array.from({ length: 9 }, () => cause),
      3,
    );

    await assert.rejects(result, (error) => {
      assert.ok(error instanceof DatabaseUnavailable);
      assert.equal(
        error.message,
        'Others kept changing the same rows of the PostgreSQL database "x" on db:5432: deadlock detected. Try again',
      );
      assert.equal(error.cause, cause);
      return true;
    });
  });

  it('gives up on a connection that is lost each time, with what was last said of it', async () => {
    const lost = new LostConnection('gone');

    await assert.rejects(repeated([lost, lost, lost], 2).result, (error) => error === lost);
  });

  it('throws every other error at once', async () => {
    for (const error of [new Error('bug'), new DatabaseUnavailable('full'), serverError('23505')]) {
      const { result, seen } = repeated([error]);

      await assert.rejects(result, (thrown) => thrown === error);
      assert.deepEqual(seen, []);
    }
  });
});
