// Shows these lines of docs/compatibility.md: one-service.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sql } from 'kysely';
import { forEachEngine, type TestEngine } from '../../testing/database-engines.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openTestDatabase } from '../../testing/test-database.ts';
import { claimDatabase } from './claim-database.ts';
import type { Database } from './database.ts';

async function twoServices(engine: TestEngine) {
  const connection =
    engine.name === 'sqlite' ? `sqlite:///${temporaryFolder().path}/i.sqlite` : await engine.emptyDatabase();
  const one = await openTestDatabase(connection);
  const other = await openTestDatabase(connection);
  const log = recordingLogger();
  const close = () => Promise.all([one.close(), other.close()]);
  return { one, other, log, close };
}

forEachEngine('the claim on a database', (engine) => {
  it('is held by one service, which another waits for', async (t) => {
    const { one, other, log, close } = await twoServices(engine);
    t.after(close);
    const first = await claimDatabase(one, { log });

    await assert.rejects(claimDatabase(other, { log, patience: 0 }), {
      kind: 'unavailable',
      message: /^Another service uses the .*, and two would undo each other's work\. Stop it first/,
    });
    const waiting = claimDatabase(other, { log, patience: 10 });
    assert.equal(await first.isHeld(), true);
    await first.release();
    const second = await waiting;

    assert.equal(await second.isHeld(), true);
    assert.match(log.at('warning').join(), /waiting for its end/);
    await second.release();
  });

  it('can be made again after its release, and released twice', async (t) => {
    const { one, log, close } = await twoServices(engine);
    t.after(close);

    const first = await claimDatabase(one, { log });
    await first.release();
    await first.release();
    const again = await claimDatabase(one, { log, patience: 0 });

    assert.equal(await again.isHeld(), true);
    await again.release();
  });

  if (engine.name === 'sqlite') return;

  it('is made again after its connection is lost, unless another service was quicker', async (t) => {
    const { one, other, log, close } = await twoServices(engine);
    t.after(close);
    const first = await claimDatabase(one, { log });

    await endSessions(engine.name, other.query);
    const made = await first.isHeld();
    await endSessions(engine.name, other.query);
    const second = await claimDatabase(other, { log, patience: 5 });
    const lost = await first.isHeld();
    await second.release();

    assert.deepEqual([made, lost], [true, false]);
    assert.match(log.at('warning').join('\n'), /The claim on the database was lost with its connection/);
    await first.release();
  });
});

/** Ends every other session with the database, as a failing network does. */
async function endSessions(engine: TestEngine['name'], query: Database['query']) {
  if (engine === 'postgresql') {
    await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`.execute(
      query,
    );
    return;
  }
  const { rows } = await sql<{ id: number }>`
    SELECT id FROM information_schema.processlist WHERE db = database() AND id <> connection_id()`.execute(
    query,
  );
  for (const { id } of rows) await sql.raw(`KILL ${id}`).execute(query);
}
