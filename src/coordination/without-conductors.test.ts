// Shows these lines of docs/compatibility.md: one-service.
import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { conductorMember } from '../../testing/conductor-member.ts';
import { forEachEngine, type TestEngine } from '../../testing/database-engines.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { openTestDatabase, testDatabase } from '../../testing/test-database.ts';
import { until } from '../../testing/until.ts';
import { claimDatabase } from '../database/claim-database.ts';
import { joinAsConductor } from './join-as-conductor.ts';
import { withoutConductors } from './without-conductors.ts';

/** Two processes' connections to one database. */
async function twoDatabases(t: TestContext, engine: TestEngine) {
  const connection = await engine.emptyDatabase();
  const one = await testDatabase(connection);
  const other = await openTestDatabase(connection);
  t.after(async () => {
    await one.close();
    await other.close();
  });
  return { one, other, log: recordingLogger() };
}

forEachEngine('an all-in-one service and conductors', (engine) => {
  it('do not share a database: the conductor is refused', async (t) => {
    const { one, other, log } = await twoDatabases(t, engine);
    const claim = await withoutConductors(one, await claimDatabase(one, { log }), { log });

    await assert.rejects(joinAsConductor(other, { host: 'a', log, lease: 1, patience: 0 }), {
      kind: 'unavailable',
      message: /^An all-in-one service uses the .*, and conductors would undo its work\. Stop it first/,
    });
    await claim.release();
    const joined = await joinAsConductor(other, { host: 'a', log, lease: 1, patience: 0 });

    assert.deepEqual(await joined.conductors(), ['a']);
    await joined.leave();
  });

  it('do not share a database: the all-in-one service is refused', async (t) => {
    const { one, other, log } = await twoDatabases(t, engine);
    const member = await joinAsConductor(other, { host: 'a', log, lease: 5 });
    const claim = await claimDatabase(one, { log });

    await assert.rejects(withoutConductors(one, claim, { log, patience: 0 }), {
      kind: 'unavailable',
      message:
        /^Conductors use the .* \(a\), and an all-in-one service would undo their work\. Stop them first/,
    });
    const waiting = withoutConductors(one, claim, { log, patience: 60 });
    await member.leave();
    const alone = await waiting;

    assert.equal(await alone.isHeld(), true);
    await alone.release();
  });

  it('wait for each other', async (t) => {
    const { one, other, log } = await twoDatabases(t, engine);
    const claim = await claimDatabase(one, { log });

    const joining = joinAsConductor(other, { host: 'a', log, lease: 1, patience: 60 });
    await until(() => log.at('warning').length > 0);
    await claim.release();
    const joined = await joining;

    assert.match(log.at('warning').join('\n'), /An all-in-one service uses the .*: waiting for its end/);
    await joined.leave();
  });
});

forEachEngine('an all-in-one service after conductors', (engine) => {
  const claim = { isHeld: async () => true, release: async () => {} };

  it('is alone no longer when a conductor has come', async (t) => {
    const database = await engine.testDatabase();
    const alone = await withoutConductors(database, claim, { log: recordingLogger() });

    const before = await alone.isHeld();
    await conductorMember(t, database, 'a');

    assert.deepEqual([before, await alone.isHeld()], [true, false]);
    await alone.release();
  });
});
