import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { fakePacing } from '../../testing/fake-pacing.ts';
import { fakeServerEngine, serverError } from '../../testing/fake-server-engine.ts';
import { defaultsOf } from '../config/option.ts';
import { silentLogger } from '../logging/logger.ts';
import { databaseOptions } from './database-options.ts';
import { LostConnection } from './dialects/fault.ts';
import { openServer } from './open-server.ts';

const surroundings = () => ({ log: silentLogger(), pacing: fakePacing() });

async function open() {
  const engine = fakeServerEngine();
  const database = await openServer(engine, defaultsOf(databaseOptions), surroundings());
  return { engine, database };
}

describe('a database on a server', () => {
  it('is connected to when it is opened, and closed twice without harm', async () => {
    const { engine, database } = await open();

    await database.close();
    await database.close();

    assert.equal(database.location, 'PostgreSQL database "inspector" on db:5432');
    assert.equal(engine.sessions.length, 1);
    assert.equal(engine.sessions[0]?.closed, true);
    await assert.rejects(sql`SELECT 1`.execute(database.query), /destroyed|not open any more/);
  });

  it('cannot be opened when the server refuses', async () => {
    const engine = fakeServerEngine();
    engine.refusals.push(serverError('28P01', 'password authentication failed'));

    const opening = openServer(engine, defaultsOf(databaseOptions), surroundings());

    await assert.rejects(opening, { kind: 'unavailable', message: /^No access to the PostgreSQL database / });
  });

  it('runs a transaction again after a deadlock, and when the answer to COMMIT was lost', async () => {
    const { engine, database } = await open();
    const failures = [serverError('40P01'), serverError('ECONNRESET')];
    engine.answer = async (text) => {
      if (text === 'COMMIT' && failures.length > 0) throw failures.shift();
      return { rows: [] };
    };
    let runs = 0;

    const result = await database.transaction(async (transaction) => {
      await sql`UPDATE a`.execute(transaction);
      return ++runs;
    });

    assert.equal(result, 3);
    assert.equal(engine.sessions.length, 2);
    await database.close();
  });

  it('gives up a transaction that loses its connection each time', async () => {
    const { engine, database } = await open();
    engine.answer = async (text) => {
      if (text === 'COMMIT') throw serverError('ECONNRESET');
      return { rows: [] };
    };

    await assert.rejects(
      database.transaction(async () => {}),
      LostConnection,
    );
    assert.equal(engine.sessions.length, 21);
    await database.close();
  });
});
