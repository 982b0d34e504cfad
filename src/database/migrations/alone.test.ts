import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { forEachEngine } from '../../../testing/database-engines.ts';
import { recordedStatements } from '../../../testing/recorded-statements.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { openTestDatabase } from '../../../testing/test-database.ts';
import { until } from '../../../testing/until.ts';
import type { Database } from '../database.ts';
import { alone } from './alone.ts';

forEachEngine('alone', (engine) => {
  // On SQLite, each step takes the write lock.
  if (engine.name === 'sqlite') return;

  it('lets one run at a time, and the others wait and say so', async (t) => {
    const connection = await engine.emptyDatabase();
    const databases = await Promise.all([1, 2].map(() => openTestDatabase(connection)));
    t.after(() => Promise.all(databases.map((database) => database.close())));
    const [log, events] = [recordingLogger(), [] as string[]];

    const runs = databases.map((database) =>
      alone(
        database,
        log,
        () => wait(20),
        async () => {
          events.push('in');
          await until(() => log.lines.length > 0);
          events.push('out');
        },
      ),
    );
    await Promise.all(runs);

    assert.deepEqual(events, ['in', 'out', 'in', 'out']);
    assert.deepEqual(log.lines, ['info: Waiting for another process that upgrades this database']);
  });

  it('lets go when the work fails', async (t) => {
    const database = await openTestDatabase(await engine.emptyDatabase());
    t.after(() => database.close());
    const run = (work: () => Promise<string>) => alone(database, recordingLogger(), () => wait(20), work);

    await assert.rejects(
      run(() => Promise.reject(new Error('broken'))),
      /broken/,
    );

    assert.equal(await run(() => Promise.resolve('done')), 'done');
  });
});

describe('alone on a server that is not there', () => {
  for (const [name, lock] of [
    ['postgresql', 'pg_try_advisory_lock'],
    ['mysql', 'get_lock'],
  ] as const) {
    it(`asks ${name} for the lock until it has it`, async () => {
      const [log, taken] = [recordingLogger(), [{ taken: 0 }]];
      const { query } = recordedStatements(name, { [lock]: taken });
      const database = { query, dialect: { name } } as unknown as Database;
      let pauses = 0;
      const pause = async () => {
        if (++pauses === 3) taken[0] = { taken: 1 };
      };

      const result = await alone(database, log, pause, () => Promise.resolve('done'));

      assert.equal(result, 'done');
      assert.equal(pauses, 3);
      assert.deepEqual(log.lines, ['info: Waiting for another process that upgrades this database']);
    });
  }
});
