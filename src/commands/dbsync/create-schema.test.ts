import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../../testing/recording-logger.ts';
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
