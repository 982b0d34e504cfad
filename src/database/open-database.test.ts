import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openTestDatabase, testDatabase } from '../../testing/test-database.ts';
import { defaultsOf } from '../config/option.ts';
import { silentLogger } from '../logging/logger.ts';
import type { Database } from './database.ts';
import { databaseOptions } from './database-options.ts';
import { migrate } from './migrate.ts';

const open = (connection: string, sqlite_synchronous = false) =>
  openTestDatabase(connection, { sqlite_synchronous });

async function pragma(database: Database, name: string): Promise<unknown> {
  const { rows } = await sql<Record<string, unknown>>`PRAGMA ${sql.raw(name)}`.execute(database.query);
  return Object.values(rows[0] ?? {})[0];
}

describe('openDatabase', () => {
  it('keeps the database of sqlite:// in memory, each one by itself', async () => {
    const one = await testDatabase();
    const other = await testDatabase();
    await one.query.insertInto('nodes').values(nodeRow('a')).execute();

    assert.equal((await one.query.selectFrom('nodes').selectAll().execute()).length, 1);
    assert.equal((await other.query.selectFrom('nodes').selectAll().execute()).length, 0);
  });

  for (const connection of [
    'sqlite://',
    'sqlite:///',
    'sqlite:///:memory:',
    'sqlite+pysqlite://',
    'sqlite://?a=b',
  ]) {
    it(`takes ${connection} for a database in memory`, async () => {
      const database = await open(connection);

      const { rows } = await sql<{ file: string }>`PRAGMA database_list`.execute(database.query);

      assert.equal(rows[0]?.file, '');
      assert.equal(database.location, 'memory');
      await database.close();
    });
  }

  it('makes a missing file with its folder, and keeps what is in it', async () => {
    const folder = temporaryFolder();
    const path = join(folder.path, 'new', 'inspector.sqlite');
    const first = await open(`sqlite:///${path}?timeout=30`);
    await migrate(first, silentLogger());
    await first.query.insertInto('nodes').values(nodeRow('a')).execute();
    await first.close();

    const again = await open(`sqlite:///${path}`);
    const rows = await again.query.selectFrom('nodes').select('uuid').execute();
    await again.close();

    assert.deepEqual(
      rows.map(({ uuid }) => uuid),
      ['a'],
    );
  });

  it('takes three slashes for a path from the working directory', async () => {
    const folder = temporaryFolder();
    const path = join(folder.path, 'inspector.sqlite');

    const database = await open(`sqlite:///${relative(process.cwd(), path)}`);
    await database.close();

    assert.ok(existsSync(path));
  });

  it('lets others read while it writes, and waits for the disk when told to', async () => {
    const folder = temporaryFolder();
    const safe = await open(`sqlite:///${join(folder.path, 'a')}`, true);
    const quick = await open(`sqlite:///${join(folder.path, 'b')}`, false);

    assert.equal(await pragma(safe, 'journal_mode'), 'wal');
    assert.equal(await pragma(safe, 'synchronous'), 2);
    assert.equal(await pragma(quick, 'synchronous'), 0);
    await safe.close();
    await quick.close();
  });

  it('does not enforce foreign keys, as the original does not', async () => {
    const database = await testDatabase();

    await database.query
      .insertInto('attributes')
      .values({ uuid: 'row', node_uuid: 'no such node', name: 'mac', value: 'x' })
      .execute();

    assert.equal(await pragma(database, 'foreign_keys'), 0);
  });

  it('can be closed when nothing was asked, and twice', async () => {
    const unused = await open('sqlite://');
    const used = await testDatabase();

    await unused.close();
    await unused.close();
    await used.close();
    await used.close();

    await assert.rejects(unused.query.selectFrom('nodes').selectAll().execute(), /destroyed|not open/);
  });

  for (const [connection, type] of [
    ['mysql+pymysql://user:secret@host/db', 'mysql+pymysql'],
    ['postgresql://user:secret@host/db', 'postgresql'],
    ['sqlitefoo:///x', 'sqlitefoo'],
    ['user:secret@host', 'unknown'],
    ['', 'unknown'],
  ] as const) {
    it(`refuses a connection of type ${type}, and does not show its password`, async () => {
      await assert.rejects(open(connection), {
        name: 'InspectorError',
        kind: 'invalid',
        message: `[database]connection: expected sqlite:///<path>, got a connection of type "${type}", which is not supported yet`,
      });
    });
  }

  it('refuses a path after two slashes, which would be a host', async () => {
    await assert.rejects(open('sqlite://var/lib/inspector.sqlite'), {
      kind: 'invalid',
      message:
        '[database]connection: expected sqlite:///relative/path or sqlite:////absolute/path, got two slashes',
    });
  });

  it('says what to check when the path is a folder', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder.path, 'taken'));

    await assert.rejects(open(`sqlite:///${folder.path}/taken`), {
      kind: 'unavailable',
      message: new RegExp(
        `^Cannot open the database ${folder.path}/taken: .*\\. Check \\[database\\]connection and the folder's permissions$`,
      ),
    });
  });

  it('says so when the folder cannot be made', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder.path, 'file'), '');

    await assert.rejects(open(`sqlite:///${folder.path}/file/inspector.sqlite`), { kind: 'unavailable' });
  });

  it('says so when the file is no database', async () => {
    const folder = temporaryFolder();
    const path = join(folder.path, 'letter.txt');
    writeFileSync(path, 'Dear operator,\n'.repeat(100));

    await assert.rejects(open(`sqlite:///${path}`), {
      kind: 'unavailable',
      message: /file is not a database/,
    });
  });
});

describe('the options of [database]', () => {
  it('have the defaults of the original', () => {
    assert.deepEqual(defaultsOf(databaseOptions), {
      connection: 'sqlite:///ironic_inspector.sqlite',
      sqlite_synchronous: true,
    });
  });
});

function nodeRow(uuid: string) {
  const unset = { version_id: '', started_at: null, finished_at: null, error: null, manage_boot: null };
  return { uuid, state: 'waiting', ...unset };
}
