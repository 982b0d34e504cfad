// Shows these lines of docs/compatibility.md: statement-time-limit.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import {
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  sql,
  type Transaction,
} from 'kysely';
import { fakePacing } from '../../../testing/fake-pacing.ts';
import { type FakeSession, fakeServerEngine, serverError } from '../../../testing/fake-server-engine.ts';
import { defaultsOf } from '../../config/option.ts';
import { silentLogger } from '../../logging/logger.ts';
import { databaseOptions } from '../database-options.ts';
import { LostConnection } from './fault.ts';
import { ServerDriver } from './server-driver.ts';
import { SessionPool } from './session-pool.ts';

const empty: QueryResult<unknown> = { rows: [] };

/** `failures`: for each statement that is asked for, what it fails with; from then on all succeed. */
function open(failures: Readonly<Record<string, unknown[]>> = {}, most = 5) {
  const engine = fakeServerEngine();
  engine.answer = async (text) => {
    const failure = failures[text]?.shift();
    if (failure !== undefined) throw failure;
    return empty;
  };
  const pauses: number[] = [];
  const pacing = fakePacing();
  const pool = new SessionPool(engine, defaultsOf(databaseOptions), {
    log: silentLogger(),
    pacing,
  });
  const pause = async (again: number) => pauses.push(again) <= most;
  const db = new Kysely<Record<string, never>>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new ServerDriver({ engine, pool, pause, pacing }),
      createIntrospector: (on) => new PostgresIntrospector(on),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
  const run = (text: string, on: Kysely<Record<string, never>> = db) => sql.raw(text).execute(on);
  return { db, engine, pacing, pauses, run };
}

const statementsOf = (sessions: readonly FakeSession[]) => sessions.map(({ statements }) => statements);
const lost = () => serverError('ECONNRESET', 'read ECONNRESET');
const deadlock = () => serverError('40P01', 'deadlock detected');

describe('a single statement on a server', () => {
  it('moves to another connection when it only reads and the connection is lost', async () => {
    const { engine, run } = open({ 'SELECT a': [lost(), serverError('57P01')] });

    await run('SELECT a');

    assert.deepEqual(statementsOf(engine.sessions), [['SELECT a'], ['SELECT a'], ['SELECT a']]);
    assert.deepEqual(
      engine.sessions.map(({ closed }) => closed),
      [true, true, false],
    );
  });

  it('is given up when it loses every connection, as it may be what ends them', async () => {
    const { engine, run } = open({ 'SELECT a': Array.from({ length: 9 }, lost) });

    await assert.rejects(run('SELECT a'), LostConnection);

    assert.equal(engine.sessions.length, 3);
  });

  for (const text of [
    'INSERT INTO a',
    'UPDATE a',
    'SELECT a FOR UPDATE',
    'WITH a AS (DELETE FROM b) SELECT',
  ]) {
    it(`does not run again after a lost connection: ${text}`, async () => {
      const { engine, run } = open({ [text]: [lost()] });

      await assert.rejects(run(text), {
        kind: 'unavailable',
        message:
          'The connection was lost to the PostgreSQL database "inspector" on db:5432: read ECONNRESET. ' +
          'It is made again by itself; if that goes on, look at the log of the server',
      });
      await run('UPDATE b');

      assert.deepEqual(statementsOf(engine.sessions), [[text], ['UPDATE b']]);
    });
  }

  it('runs again after a deadlock, which left nothing behind', async () => {
    const { engine, pauses, run } = open({ 'UPDATE a': [deadlock(), deadlock()] });

    await run('UPDATE a');

    assert.deepEqual(statementsOf(engine.sessions), [['UPDATE a', 'UPDATE a', 'UPDATE a']]);
    assert.deepEqual(pauses, [1, 2]);
  });

  it('gives up after many deadlocks', async () => {
    const { run } = open({ 'UPDATE a': Array.from({ length: 9 }, deadlock) }, 2);

    await assert.rejects(run('UPDATE a'), { kind: 'unavailable', message: /^Others kept changing/ });
  });

  it("fails with a readable error, and with the driver's own for what is none of our faults", async () => {
    const unique = serverError('23505');
    const bug = new Error('bug');
    const { run } = open({ 'INSERT a': [serverError('53100', 'no space left'), unique, bug] });

    await assert.rejects(run('INSERT a'), { kind: 'unavailable', message: /^The disk is full under / });
    await assert.rejects(run('INSERT a'), (error) => error === unique);
    await assert.rejects(run('INSERT a'), (error) => error === bug);
  });

  it('drops a connection that is lost, whatever the error says', async () => {
    const { engine, run } = open();
    engine.answer = async (_text, session) => {
      session.lost = true;
      throw new Error('something odd');
    };

    await assert.rejects(run('UPDATE a'), LostConnection);
    engine.answer = async () => empty;
    await run('UPDATE a');

    assert.equal(engine.sessions.length, 2);
  });

  it('drops a connection to a server that turned read-only: its address may have moved', async () => {
    const { engine, run } = open({ 'UPDATE a': [serverError('25006')] });

    await assert.rejects(run('UPDATE a'), { kind: 'unavailable', message: /^There is no writing to / });
    await run('UPDATE a');

    assert.deepEqual(statementsOf(engine.sessions), [['UPDATE a'], ['UPDATE a']]);
  });

  it('does not stream', async () => {
    const { db } = open();

    await assert.rejects(db.selectFrom('a').selectAll().stream().next(), /Streaming is not supported/);
  });
});

describe('several statements on one connection to a server', () => {
  it('do not go on after it is lost: what belonged to it has gone', async () => {
    const { db, engine, run } = open({ 'SELECT b': [lost()] });

    await db.connection().execute(async (on) => {
      await run('SELECT lock', on);
      await assert.rejects(run('SELECT b', on), LostConnection);
      await assert.rejects(run('SELECT c', on), LostConnection);
    });

    assert.deepEqual(statementsOf(engine.sessions), [['SELECT lock', 'SELECT b']]);
  });

  it('follow one another when they are asked for together', async () => {
    const { db, engine, run } = open();
    let running = 0;
    let most = 0;
    engine.answer = async () => {
      most = Math.max(most, ++running);
      await turn();
      running--;
      return empty;
    };

    await db
      .transaction()
      .execute((transaction) => Promise.all(['A', 'B', 'C'].map((text) => run(text, transaction))));

    assert.equal(most, 1);
    assert.deepEqual(statementsOf(engine.sessions), [['BEGIN', 'A', 'B', 'C', 'COMMIT']]);
  });
});

describe('a transaction on a server', () => {
  it('begins on another connection when the first is lost', async () => {
    const { db, engine, run } = open({ BEGIN: [lost()] });

    await db.transaction().execute((transaction) => run('UPDATE a', transaction));

    assert.deepEqual(statementsOf(engine.sessions), [['BEGIN'], ['BEGIN', 'UPDATE a', 'COMMIT']]);
  });

  it('is rolled back when its work throws', async () => {
    const { db, engine } = open();
    const failure = new Error('changed my mind');

    const failing = db.transaction().execute(() => Promise.reject(failure));

    await assert.rejects(failing, (error) => error === failure);
    assert.deepEqual(statementsOf(engine.sessions), [['BEGIN', 'ROLLBACK']]);
  });

  for (const [what, failure] of [
    ['a deadlock', deadlock()],
    ['a lost connection', lost()],
    ['a server that turned read-only', serverError('25006')],
  ] as const) {
    it(`is over after ${what}, even if its work goes on`, async () => {
      const { db, engine, run } = open({ 'UPDATE a': [failure] });
      let first: unknown;
      let second: unknown;

      const failing = db.transaction().execute(async (transaction) => {
        first = await run('UPDATE a', transaction).catch((error: unknown) => error);
        second = await run('UPDATE b', transaction).catch((error: unknown) => error);
      });

      await assert.rejects(failing, (error) => error === first);
      assert.equal(second, first);
      assert.equal(engine.sessions[0]?.statements.includes('UPDATE b'), false);
      await db
        .transaction()
        .execute((transaction: Transaction<Record<string, never>>) => run('UPDATE c', transaction));
      assert.equal(engine.sessions.at(-1)?.statements.includes('UPDATE c'), true);
    });
  }

  it('goes on after an error that its work makes good', async () => {
    const { db, engine, run } = open({ 'INSERT a': [serverError('23505')] });

    await db.transaction().execute(async (transaction) => {
      await run('INSERT a', transaction).catch(() => {});
      await run('UPDATE a', transaction);
    });

    assert.deepEqual(engine.sessions[0]?.statements, ['BEGIN', 'INSERT a', 'UPDATE a', 'COMMIT']);
  });

  it('says that the answer to COMMIT was lost', async () => {
    const { db, run } = open({ COMMIT: [lost()] });

    const failing = db.transaction().execute((transaction) => run('UPDATE a', transaction));

    await assert.rejects(failing, LostConnection);
  });

  it('gives up its connection when not even the way back works, and tells the first error', async () => {
    const { db, engine, run } = open({ ROLLBACK: [new Error('no')] });
    const failure = new Error('changed my mind');

    const failing = db.transaction().execute(() => Promise.reject(failure));

    await assert.rejects(failing, (error) => error === failure);
    await run('SELECT 1');
    assert.equal(engine.sessions[0]?.closed, true);
    assert.equal(engine.sessions.length, 2);
  });
});

describe('a server that does not answer', () => {
  /** `text` is never answered by the first session. */
  function openSilent(text: string) {
    const opened = open();
    const { engine, pacing } = opened;
    engine.answer = async (asked, session) => {
      if (asked === text && session === engine.sessions[0]) await new Promise(() => {});
      return empty;
    };
    const pass = async (milliseconds: number) => {
      for (let n = 0; n < 5; n++) await turn();
      pacing.advance(milliseconds);
      for (let n = 0; n < 5; n++) await turn();
    };
    return { ...opened, pass };
  }

  it('loses its connection after a minute, and what only reads is asked for elsewhere', async () => {
    const { engine, pass, run } = openSilent('SELECT a');

    const reading = run('SELECT a');
    await pass(59_999);
    const sessionsBefore = engine.sessions.length;
    await pass(1);
    await reading;

    assert.equal(sessionsBefore, 1);
    assert.deepEqual(statementsOf(engine.sessions), [['SELECT a'], ['SELECT a']]);
    assert.equal(engine.sessions[0]?.closed, true);
  });

  for (const text of ['UPDATE a', 'COMMIT', 'ROLLBACK']) {
    it(`does not hold up who asks for ${text}`, async () => {
      const { db, engine, pass, run } = openSilent(text);
      const failure = new Error('changed my mind');

      const ending =
        text === 'UPDATE a'
          ? run(text)
          : db.transaction().execute(async () => {
              if (text === 'ROLLBACK') throw failure;
            });
      const rejected = assert.rejects(ending, (error) =>
        text === 'ROLLBACK' ? error === failure : error instanceof LostConnection,
      );
      await pass(60_000);

      await rejected;
      assert.equal(engine.sessions[0]?.closed, true);
    });
  }

  it('has all the time for what follows in a row on one connection', async () => {
    const { db, engine, pass, run } = openSlow();

    const working = db.connection().execute(async (on) => {
      await run('SELECT lock', on);
      await on.transaction().execute((transaction) => run('ALTER a', transaction));
      await run('ALTER b', on);
    });
    await pass();
    await pass();
    await working;

    assert.deepEqual(statementsOf(engine.sessions), [
      ['SELECT lock', 'BEGIN', 'ALTER a', 'COMMIT', 'ALTER b'],
    ]);
  });

  /** Statements that alter take an hour. */
  function openSlow() {
    const opened = open();
    const { engine, pacing } = opened;
    let done = () => {};
    engine.answer = async (asked) => {
      if (asked.startsWith('ALTER')) await new Promise<void>((resolve) => (done = resolve));
      return empty;
    };
    const pass = async () => {
      for (let n = 0; n < 20; n++) await turn();
      pacing.advance(3_600_000);
      for (let n = 0; n < 20; n++) await turn();
      done();
    };
    return { ...opened, pass };
  }
});
