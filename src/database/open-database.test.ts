// Shows these lines of docs/compatibility.md: slave-connection-not-used, sqlite-page-size.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { freePort } from '../../testing/free-port.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openTestDatabase, testDatabase } from '../../testing/test-database.ts';
import { defaultsOf } from '../config/option.ts';
import { DatabaseUnavailable } from '../errors/database-unavailable.ts';
import { silentLogger } from '../logging/logger.ts';
import type { Database } from './database.ts';
import { databaseOptions } from './database-options.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './open-database.ts';

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

  it('makes new files of larger pages, and leaves files as they are that have something in them', async () => {
    const folder = temporaryFolder();
    const [fresh, older] = ['new', 'older'].map((name) => join(folder.path, `${name}.sqlite`));
    const original = new DatabaseSync(String(older));
    original.exec('CREATE TABLE notes (text TEXT)');
    original.close();

    const sizes = [];
    for (const path of [fresh, older]) {
      const database = await open(`sqlite:///${path}`);
      await migrate(database, silentLogger());
      sizes.push(await pragma(database, 'page_size'));
      await database.close();
    }

    assert.deepEqual(sizes, [8192, 4096]);
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
    ['oracle://user:secret@host/db', 'oracle'],
    ['user:secret@host', 'unknown'],
    ['', 'unknown'],
  ] as const) {
    it(`refuses a connection of type ${type}, and does not show its password`, async () => {
      await assert.rejects(open(connection), {
        name: 'InspectorError',
        kind: 'invalid',
        message:
          '[database]connection: expected sqlite:///<path> or mysql+pymysql://<user>:<password>@<host>:<port>/<database> ' +
          `or postgresql://<user>:<password>@<host>:<port>/<database>, got a connection of type "${type}"`,
      });
    });
  }

  for (const [scheme, engine] of [
    ['mysql+pymysql', 'MySQL'],
    ['postgresql+psycopg2', 'PostgreSQL'],
  ] as const) {
    it(`says that a ${engine} server does not answer, and does not show the password`, async () => {
      const port = await freePort();

      const opening = openTestDatabase(`${scheme}://user:secret@127.0.0.1:${port}/db`, { max_retries: 1 });

      await assert.rejects(opening, {
        kind: 'unavailable',
        message:
          `Cannot connect to the ${engine} database "db" on 127.0.0.1:${port}: connect ECONNREFUSED 127.0.0.1:${port}. ` +
          'Check that the server runs, and [database]connection',
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

describe('a SQLite database that fails', () => {
  it('says that its disk is full, stores nothing of the transaction, and works when there is room', async () => {
    const database = await testDatabase();
    const insert = (uuid: string, error: string) => ({ ...nodeRow(uuid), error });
    await sql`PRAGMA max_page_count = 60`.execute(database.query);
    let afterwards: unknown;

    const failing = database.transaction(async (transaction) => {
      await transaction.insertInto('nodes').values(insert('small', 'x')).execute();
      const big = transaction.insertInto('nodes').values(insert('big', 'x'.repeat(300_000)));
      await big.execute().catch(() => {});
      afterwards = await transaction
        .insertInto('nodes')
        .values(insert('after', 'x'))
        .execute()
        .catch((error: unknown) => error);
    });

    await assert.rejects(failing, (error) => {
      assert.ok(error instanceof DatabaseUnavailable);
      assert.match(
        error.message,
        /^The disk is full under the database memory: database or disk is full\. Make room; a restart is not needed$/,
      );
      assert.equal(afterwards, error);
      return true;
    });
    assert.deepEqual(await database.query.selectFrom('nodes').select('uuid').execute(), []);
    await sql`PRAGMA max_page_count = 100000`.execute(database.query);
    await database.query
      .insertInto('nodes')
      .values(insert('big', 'x'.repeat(300_000)))
      .execute();
  });

  it('says that tables are missing', async () => {
    const database = await open('sqlite://');

    await assert.rejects(database.query.selectFrom('nodes').selectAll().execute(), {
      kind: 'unavailable',
      message:
        'Tables or columns are missing, or older than this version, in the database memory: no such table: nodes. ' +
        'Run ironic-inspector-dbsync upgrade',
    });
  });

  it('says that the file may not be written, and keeps a unique violation as it is', async () => {
    const database = await testDatabase();
    await database.query.insertInto('nodes').values(nodeRow('a')).execute();

    const twice = database.query.insertInto('nodes').values(nodeRow('a')).execute();
    await assert.rejects(twice, (error) => database.dialect.isUniqueViolation(error));
    await sql`PRAGMA query_only = ON`.execute(database.query);
    const forbidden = database.query.insertInto('nodes').values(nodeRow('b')).execute();

    await assert.rejects(forbidden, {
      kind: 'unavailable',
      message: /^A permission is missing on the database memory: /,
    });
  });
});

describe('the options of [database]', () => {
  it('have the defaults of the original', () => {
    assert.deepEqual(defaultsOf(databaseOptions), {
      connection: 'sqlite:///ironic_inspector.sqlite',
      slave_connection: null,
      connection_parameters: '',
      sqlite_synchronous: true,
      mysql_sql_mode: 'TRADITIONAL',
      mysql_wsrep_sync_wait: null,
      connection_recycle_time: 3600,
      max_pool_size: 5,
      max_overflow: 50,
      pool_timeout: null,
      max_retries: 10,
      retry_interval: 10,
      db_retry_interval: 1,
      db_inc_retry_interval: true,
      db_max_retry_interval: 10,
      db_max_retries: 20,
      connection_debug: 0,
    });
  });

  it('say that slave_connection is not used, without showing it', async () => {
    const log = recordingLogger();
    const options = { ...defaultsOf(databaseOptions), connection: 'sqlite://' };

    for (const slave_connection of ['', 'mysql://me:secret@replica/db']) {
      await (await openDatabase({ ...options, slave_connection }, log)).close();
    }

    assert.deepEqual(log.lines, [
      'warning: [database]slave_connection is not used: all queries go to [database]connection',
    ]);
  });

  it('log statements when connection_debug says so', async () => {
    const log = recordingLogger();
    const options = { ...defaultsOf(databaseOptions), connection: 'sqlite://', connection_debug: 50 };

    const database = await openDatabase(options, log);
    await sql`SELECT ${1} AS a`.execute(database.query);
    await database.close();

    assert.match(log.lines[0] ?? '', /^info: SQL \(\d+\.\d ms\): SELECT \? AS a$/);
  });
});

function nodeRow(uuid: string) {
  const unset = { version_id: '', started_at: null, finished_at: null, error: null, manage_boot: null };
  return { uuid, state: 'waiting', ...unset };
}
