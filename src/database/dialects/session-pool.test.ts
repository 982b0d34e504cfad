import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { fakePacing } from '../../../testing/fake-pacing.ts';
import { type FakeSession, fakeServerEngine, serverError } from '../../../testing/fake-server-engine.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { defaultsOf } from '../../config/option.ts';
import { DatabaseUnavailable } from '../../errors/database-unavailable.ts';
import { databaseOptions } from '../database-options.ts';
import { SessionPool } from './session-pool.ts';

const defaults = defaultsOf(databaseOptions);

function open(changes: Partial<typeof defaults> = {}) {
  const engine = fakeServerEngine();
  const log = recordingLogger();
  const pacing = fakePacing();
  const pool = new SessionPool(engine, { ...defaults, ...changes }, { log, pacing });
  const acquire = (count: number) => Promise.all(Array.from({ length: count }, () => pool.acquire()));
  return { engine, log, pacing, pool, acquire };
}

const closed = (sessions: readonly FakeSession[]) => sessions.map((session) => session.closed);

describe('a pool of sessions', () => {
  it('hands out a session again', async () => {
    const { engine, pool } = open();

    pool.release(await pool.acquire());
    pool.release(await pool.acquire());

    assert.equal(engine.sessions.length, 1);
    assert.deepEqual(engine.sessions[0]?.statements, []);
  });

  it('begins with the session that was made at start', async () => {
    const { engine, pool } = open();

    await pool.connect();
    await pool.acquire();

    assert.equal(engine.sessions.length, 1);
  });

  it('has max_pool_size and max_overflow at most, and keeps max_pool_size when they are not used', async () => {
    const { engine, pool, acquire } = open({ max_pool_size: 2, max_overflow: 1 });

    const taken = await acquire(3);
    const waiting = pool.acquire();
    await turn();
    const whenFull = engine.sessions.length;
    for (const session of taken) pool.release(session);
    pool.release(await waiting);

    assert.equal(whenFull, 3);
    assert.equal(closed(engine.sessions).filter((isClosed) => !isClosed).length, 2);
  });

  it('serves those who wait in order', async () => {
    const { pool } = open({ max_pool_size: 1, max_overflow: 0 });
    const served: number[] = [];

    const first = await pool.acquire();
    const others = [1, 2, 3].map(async (number) => {
      const session = await pool.acquire();
      served.push(number);
      pool.release(session);
    });
    pool.release(first);
    await Promise.all(others);

    assert.deepEqual(served, [1, 2, 3]);
  });

  it('has no limit when max_pool_size is 0, or max_overflow -1', async () => {
    const unlimited = open({ max_pool_size: 0 });
    const overflowing = open({ max_pool_size: 1, max_overflow: -1 });

    const taken = await unlimited.acquire(70);
    await overflowing.acquire(70);
    for (const session of taken) unlimited.pool.release(session);

    assert.equal(overflowing.engine.sessions.length, 70);
    assert.equal(closed(unlimited.engine.sessions).includes(true), false);
  });

  it('says what to raise when none is free in pool_timeout', async () => {
    const { pacing, pool } = open({ max_pool_size: 1, max_overflow: 0, pool_timeout: 7 });
    const taken = await pool.acquire();

    const late = pool.acquire();
    const later = pool.acquire();
    pacing.advance(7_000);

    await assert.rejects(late, {
      kind: 'unavailable',
      message:
        'All 1 connections to the PostgreSQL database "inspector" on db:5432 were in use for 7 s. ' +
        'Raise [database]max_pool_size or max_overflow',
    });
    await assert.rejects(later, DatabaseUnavailable);
    pool.release(taken);
    assert.equal(await pool.acquire(), taken);
  });

  it('keeps the place of who is served in the moment that is too late', async () => {
    const { pacing, pool } = open({ max_pool_size: 1, max_overflow: 0, pool_timeout: 7 });
    const taken = await pool.acquire();

    const waiting = pool.acquire();
    const later = pool.acquire();
    pacing.advance(7_000);
    pool.release(taken);

    assert.equal(await waiting, taken);
    pool.release(taken);
    await assert.rejects(later, DatabaseUnavailable);
    assert.equal(await pool.acquire(), taken);
  });

  it('replaces a session after connection_recycle_time', async () => {
    const { engine, pacing, pool } = open({ connection_recycle_time: 60 });

    pool.release(await pool.acquire());
    pacing.advance(60_001);
    pool.release(await pool.acquire());

    assert.deepEqual(closed(engine.sessions), [true, false]);
  });

  it('keeps sessions for ever when connection_recycle_time is -1, and asks whether they are there', async () => {
    const { engine, pacing, pool } = open({ connection_recycle_time: -1 });

    pool.release(await pool.acquire());
    pacing.advance(1e9);
    pool.release(await pool.acquire());

    assert.deepEqual(closed(engine.sessions), [false]);
    assert.deepEqual(engine.sessions[0]?.statements, ['SELECT 1']);
  });

  it('closes all when it is closed, and refuses from then on', async () => {
    const { engine, pool } = open({ max_pool_size: 2, max_overflow: 0 });
    const used = await pool.acquire();
    pool.release(await pool.acquire());
    await pool.acquire();
    const waiting = pool.acquire();

    await Promise.all([pool.close(), assert.rejects(waiting, /is not open any more/)]);
    pool.release(used);

    await assert.rejects(pool.acquire(), {
      message: 'The PostgreSQL database "inspector" on db:5432 is not open any more',
    });
    assert.equal(engine.sessions[0]?.closed, true);
  });

  it('takes a session back once only', async () => {
    const { pool } = open({ max_pool_size: 1, max_overflow: 0 });
    const session = await pool.acquire();

    pool.release(session);
    pool.release(session);
    pool.discard(session);

    assert.equal(await pool.acquire(), session);
  });
});

describe('a pool whose server fails', () => {
  it('never hands out a lost session', async () => {
    const { engine, pool, acquire } = open();
    const [idle, inUse, discarded] = (await acquire(3)) as FakeSession[];
    assert.ok(idle && inUse && discarded);
    pool.release(idle);

    idle.lost = true;
    inUse.lost = true;
    pool.release(inUse);
    pool.discard(discarded);
    const next = await pool.acquire();

    assert.equal(next, engine.sessions[3]);
    assert.deepEqual(closed([idle, inUse, discarded]), [true, true, true]);
  });

  it('drops a session that fails, or does not answer, after some time without use', async () => {
    const { engine, pacing, pool } = open();
    pool.release(await pool.acquire());
    pacing.advance(1_000);
    engine.answer = () => Promise.reject(serverError('ECONNRESET'));
    pool.release(await pool.acquire());
    pacing.advance(1_000);
    engine.answer = () => new Promise(() => {});

    const third = pool.acquire();
    await turn();
    pacing.advance(5_000);

    assert.equal(await third, engine.sessions[2]);
    assert.deepEqual(closed(engine.sessions), [true, true, false]);
  });

  it('connects again at once, then slower and slower, and says once when it is away and back', async () => {
    const { engine, log, pacing, pool } = open();
    engine.refusals.push(
      ...Array.from({ length: 8 }, () => serverError('ECONNREFUSED', 'connect ECONNREFUSED')),
    );

    await pool.acquire();
    await pool.acquire();

    assert.deepEqual(pacing.waits, [100, 200, 400, 800, 1600, 2000, 2000, 2000]);
    assert.deepEqual(log.lines, [
      'warning: The PostgreSQL database "inspector" on db:5432 cannot be reached: connect ECONNREFUSED. Trying again',
      'info: The PostgreSQL database "inspector" on db:5432 is back after 9 s',
    ]);
  });

  it('gives up after pool_timeout, frees the place, and works when the server is back', async () => {
    const { engine, pacing, pool } = open({ max_pool_size: 1, max_overflow: 0, pool_timeout: 3 });
    engine.refusals.push(...Array.from({ length: 6 }, () => serverError('ETIMEDOUT', 'connect ETIMEDOUT')));

    await assert.rejects(pool.acquire(), {
      kind: 'unavailable',
      message:
        'Cannot connect to the PostgreSQL database "inspector" on db:5432: connect ETIMEDOUT. ' +
        'Check that the server runs, and [database]connection',
    });

    assert.ok(pacing.now() <= 3_000);
    engine.refusals.splice(0);
    assert.equal(await pool.acquire(), engine.sessions[0]);
  });

  it('does not wait for what only a person can change', async () => {
    const { engine, pacing, pool } = open();
    engine.refusals.push(serverError('28P01', 'password authentication failed for user "me"'));

    await assert.rejects(pool.acquire(), {
      kind: 'unavailable',
      message:
        'No access to the PostgreSQL database "inspector" on db:5432: password authentication failed for user "me". ' +
        'Check user, password and database in [database]connection',
    });
    assert.deepEqual(pacing.waits, []);
  });

  it('waits for a server that has too many connections', async () => {
    const { engine, pool } = open();
    engine.refusals.push(serverError('53300'));

    assert.equal(await pool.acquire(), engine.sessions[0]);
  });
});
