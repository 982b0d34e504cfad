// Shows these lines of docs/compatibility.md: create-schema-resumable.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Crash, crashingDatabase } from '../../../testing/crashing-database.ts';
import { forEachEngine } from '../../../testing/database-engines.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { schemaCatalogue } from '../../../testing/schema-catalogue.ts';
import { openTestDatabase } from '../../../testing/test-database.ts';
import { differences } from '../../database/autogenerate/differences.ts';
import { currentRevisions, isNewestSchema, upgrade } from '../../database/migrate.ts';
import { headOf } from '../../database/revisions.ts';
import { declaredTables } from '../../database/schema/own-tables.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import { silentLogger } from '../../logging/logger.ts';
import { createSchema } from './create-schema.ts';

describe('createSchema', () => {
  it('makes the tables of the newest revision, and upgrade finds nothing to do', async () => {
    const database = await openTestDatabase('sqlite://');
    const log = recordingLogger();

    await createSchema(database, log);
    const again = recordingLogger();
    await upgrade(database, again);

    assert.deepEqual(await differences(database, declaredTables('sqlite')), []);
    assert.deepEqual(await currentRevisions(database), {
      reference: headOf('reference'),
      own: headOf('own'),
    });
    assert.ok(await isNewestSchema(database));
    assert.ok(log.at('info').includes('Creating table nodes'));
    assert.deepEqual(
      again.at('info').filter((line) => line.startsWith('Running')),
      [],
    );
  });

  it('leaves a database alone that has tables', async () => {
    const database = await openTestDatabase('sqlite://');
    await upgrade(database, silentLogger());

    await assert.rejects(
      createSchema(database, silentLogger()),
      (error) =>
        error instanceof InspectorError &&
        error.kind === 'conflict' &&
        /^The database is not empty, it has \d+ tables: alembic_version, attributes, .*, \.\.\.\. create_schema is for empty/.test(
          error.message,
        ),
    );
  });

  it('names the only table that there is', async () => {
    const database = await openTestDatabase('sqlite://');
    await database.query.schema.createTable('nodes').addColumn('uuid', 'text').execute();

    await assert.rejects(createSchema(database, silentLogger()), /it has 1 table: nodes\. create_schema/);
  });
});

forEachEngine('createSchema that is interrupted', (engine) => {
  it('leaves nothing behind, or is completed when it is begun again', async (t) => {
    const straight = await openTestDatabase(await engine.emptyDatabase());
    const interrupted = await openTestDatabase(await engine.emptyDatabase());
    t.after(() => Promise.all([straight.close(), interrupted.close()]));
    await createSchema(straight, silentLogger());

    let crashes = 0;
    for (let ended = false; !ended; ) {
      const crashing = crashingDatabase(interrupted, crashes);
      ended = await createSchema(crashing, silentLogger()).then(
        () => true,
        (error) => {
          // The last statements give the lock back, when all has been stored.
          if (error instanceof InspectorError && error.kind === 'conflict') return true;
          if (!(error instanceof Crash)) throw error;
          crashes++;
          return false;
        },
      );
    }

    assert.ok(crashes > 10, `${crashes} crashes`);
    assert.ok(await isNewestSchema(interrupted));
    assert.deepEqual(await schemaCatalogue(interrupted), await schemaCatalogue(straight));
    assert.deepEqual(await differences(interrupted, declaredTables(engine.name)), []);
  });

  it('is no interrupted upgrade', async (t) => {
    const database = await openTestDatabase(await engine.emptyDatabase());
    t.after(() => database.close());
    await upgrade(database, silentLogger(), '578f84f38d');
    await database.query.deleteFrom('alembic_version' as 'nodes').execute();

    await assert.rejects(createSchema(database, silentLogger()), { kind: 'conflict' });
  });
});
