// Shows these lines of docs/compatibility.md: database-outage-reported.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { defaultsOf } from '../../src/config/option.ts';
import { parseConnectionUrl } from '../../src/database/connection-url.ts';
import type { Database } from '../../src/database/database.ts';
import { databaseOptions } from '../../src/database/database-options.ts';
import { mysqlEngine } from '../../src/database/dialects/mysql-engine.ts';
import { type Pacing, systemPacing } from '../../src/database/dialects/pacing.ts';
import { postgresqlEngine } from '../../src/database/dialects/postgresql-engine.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import { openServer } from '../../src/database/open-server.ts';
import { serverAddress } from '../../src/database/server-address.ts';
import { DatabaseUnavailable } from '../../src/errors/database-unavailable.ts';
import { hasMariadb, privateMariadb } from '../../testing/private-mariadb.ts';
import { installedPostgresql, privatePostgresql } from '../../testing/private-postgresql.ts';
import type { PrivateServer } from '../../testing/private-server.ts';
import { type RecordingLogger, recordingLogger } from '../../testing/recording-logger.ts';
import { ownFolder, unprivilegedAccount } from '../../testing/server-process.ts';
import { logIn, runStatements } from '../../testing/server-statements.ts';
import { silentProxy } from '../../testing/silent-proxy.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

interface Rows {
  records: { id: string; payload: string };
  counter: { value: number };
}

const required = process.env['INSPECTOR_TEST_ENGINES'] === 'required';

/** MariaDB gives up on a disk that is full; it reports a file that may not grow in the same way, and goes on. */
const mariadbSettings = ['--innodb-data-file-path=ibdata1:12M:autoextend:max:32M'];

const kinds = [
  {
    name: 'PostgreSQL',
    installed: installedPostgresql() !== undefined,
    start: () => privatePostgresql(),
    fillDisk: fillDiskOfPostgresql,
  },
  {
    name: 'MySQL',
    installed: hasMariadb(),
    start: () => privateMariadb({ settings: mariadbSettings }),
    fillDisk: fillFileOfMariadb,
  },
] as const;

/** Makes room on a full disk. */
type MakeRoom = () => Promise<void> | void;

for (const kind of kinds) {
  const skip = kind.installed || required ? false : `no ${kind.name} server is installed`;
  describe(`${kind.name} that fails`, { skip }, () => {
    let server: PrivateServer;

    before(async () => {
      server = await kind.start();
    });
    after(() => server.stop());

    it('loses and doubles no record when it is killed under load, and nothing needs a restart', async (test) => {
      const { database, log, rows } = await open(test, server.connection(), { pool_timeout: 120 });
      await createTables(rows);
      const stored: string[] = [];

      const load = Promise.all(
        Array.from({ length: 12 }, (_, worker) => storeMany(database, `${worker}`, stored)),
      );
      for (let times = 0; times < 3; times++) {
        await Promise.race([untilMore(stored, 60), load]);
        await server.kill();
        await wait(300);
        await server.start();
      }
      await load;

      const { value } = await rows.selectFrom('counter').select('value').executeTakeFirstOrThrow();
      const found = await rows.selectFrom('records').select('id').execute();
      assert.deepEqual(found.map(({ id }) => id).toSorted(), stored.toSorted());
      assert.equal(new Set(stored).size, 12 * 100);
      assert.equal(value, stored.length);
      assert.ok(log.at('warning').length <= 2 * 3, log.lines.join('\n'));
      assert.equal(log.at('info').length, log.at('warning').length);
    });

    it('is reported with its place while it is away, and works again when it is back', async (test) => {
      const { log, rows } = await open(test, server.connection(), { pool_timeout: 1 });
      await createTables(rows);
      const write = (id: string) => rows.insertInto('records').values({ id, payload: '' }).execute();
      await write('before');

      await server.kill();
      const failures = await Promise.all(
        [1, 2, 3].map((n) => write(`away-${n}`).catch((error: unknown) => error)),
      );
      await server.start();
      await write('after');

      for (const failure of failures) {
        assert.ok(failure instanceof DatabaseUnavailable);
        assert.match(
          failure.message,
          new RegExp(`the ${kind.name} database "openstack_citest" on 127\\.0\\.0\\.1:${server.port}: `),
        );
        assert.doesNotMatch(failure.message, /openstack_citest:/);
      }
      assert.equal(log.at('warning').length, 1);
      assert.match(log.at('info').join(), /is back after \d+ s$/);
    });

    it('is waited for at start', async (test) => {
      await server.stop();
      const opening = open(test, server.connection(), { max_retries: 50, retry_interval: 1 });
      await wait(300);
      await server.start();

      const { log, rows } = await opening;

      await sql`SELECT 1`.execute(rows);
      assert.match(log.at('warning')[0] ?? '', /^SQL connection failed: .* 49 attempts left for /);
    });

    it('refuses a wrong password and an unknown database at once, and the password is not shown', async (test) => {
      const wrongPassword = server.connection().replace(/:[^:@/]+@/, ':wrong-secret@');
      const refusals = [wrongPassword, server.connection('no_such_database')];

      for (const connection of refusals) {
        await assert.rejects(open(test, connection), (error: Error) => {
          assert.match(
            error.message,
            /^No access to the \w+ database "\w+" on 127\.0\.0\.1:\d+: .*\[database\]connection$/,
          );
          assert.doesNotMatch(error.message, /secret/);
          return true;
        });
      }
    });

    it('says that a permission is missing, and works when it is given again', async (test) => {
      const { database, rows } = await openLimited(test, server);
      const permission = (verb: string) =>
        runStatements(server.adminConnection(), verb.replace('@', 'INSERT ON limited_records'));
      const to = kind.name === 'MySQL' ? `limited@'%'` : 'limited';
      const insert = (id: string) =>
        database.transaction((on) => sql`INSERT INTO limited_records VALUES (${id})`.execute(on));
      await insert('a');

      await permission(`REVOKE @ FROM ${to}`);
      await assert.rejects(insert('b'), {
        kind: 'unavailable',
        message:
          /^A permission is missing on the .*limited_records.*\. Give the user of \[database\]connection all rights/,
      });
      await permission(`GRANT @ TO ${to}`);
      await insert('c');

      const { rows: found } = await sql<{ id: string }>`SELECT id FROM limited_records ORDER BY id`.execute(
        rows,
      );
      assert.deepEqual(
        found.map(({ id }) => id),
        ['a', 'c'],
      );
    });

    it('does not hold up a request for ever when the network falls silent', async (test) => {
      const proxy = await silentProxy(server.port);
      test.after(() => proxy.close());
      const connection = server.connection().replace(`:${server.port}/`, `:${proxy.port}/`);
      const database = await openHurried(connection);
      test.after(() => database.close());
      const rows = database.query as unknown as Kysely<Rows>;
      await createTables(rows);

      proxy.fallSilent();
      const writing = rows.insertInto('records').values({ id: 'a', payload: '' }).execute();
      await assert.rejects(writing, (error) => {
        assert.ok(error instanceof DatabaseUnavailable);
        assert.match(error.message, /^The connection was lost to the .*: no answer within 60 s\. /);
        return true;
      });
      const reading = rows.selectFrom('counter').select('value').executeTakeFirstOrThrow();
      await wait(100);
      proxy.speak();

      assert.equal((await reading).value, 0);
      await database.transaction((on) => sql`INSERT INTO records VALUES ('b', '')`.execute(on));
    });

    it('says that its disk is full, and works when there is room', async (test) => {
      const makeRoom = await kind.fillDisk(test, server);
      if (makeRoom === undefined) return;
      const { rows, database } = await open(test, server.connection());

      await fillAndGoOn(makeRoom, database, rows);
    });
  });
}

describe('SQLite that fails', () => {
  it('says that its disk is full, and works when there is room', async (test) => {
    const disk = smallDisk(test);
    if (disk === undefined) return;
    const { rows, database } = await open(test, `sqlite:///${join(disk, 'inspector.sqlite')}`);
    await sql`CREATE TABLE full_records (id VARCHAR(36) PRIMARY KEY, payload TEXT)`.execute(rows);

    await fillAndGoOn(ballastOn(disk), database, rows);
  });
});

describe('a connection to no known engine', () => {
  it('is refused with its type, and without its password', async (test) => {
    await assert.rejects(open(test, 'oracle://me:secret@db/x'), {
      kind: 'invalid',
      message: /^\[database\]connection: expected sqlite:.* got a connection of type "oracle"$/,
    });
  });
});

async function open(test: TestContext, connection: string, changes: Record<string, number> = {}) {
  const log: RecordingLogger = recordingLogger();
  const database = await openDatabase({ ...defaultsOf(databaseOptions), connection, ...changes }, log);
  test.after(() => database.close());
  return { database, log, rows: database.query as unknown as Kysely<Rows> };
}

/** For which waits are a tenth as long. */
async function openHurried(connection: string): Promise<Database> {
  const options = { ...defaultsOf(databaseOptions), connection };
  const log = recordingLogger();
  const url = parseConnectionUrl(`${connection}?connect_timeout=5`, '');
  const address = serverAddress(url as Parameters<typeof serverAddress>[0], log);
  const engine =
    url.engine === 'mysql' ? await mysqlEngine(address, options) : await postgresqlEngine(address);
  const pacing: Pacing = {
    ...systemPacing,
    wait: (milliseconds, signal) => systemPacing.wait(milliseconds / 10, signal),
  };
  return openServer(engine, options, { log, pacing });
}

async function createTables(rows: Kysely<Rows>): Promise<void> {
  for (const statement of [
    'DROP TABLE IF EXISTS records',
    'DROP TABLE IF EXISTS counter',
    'CREATE TABLE records (id VARCHAR(36) PRIMARY KEY, payload TEXT)',
    'CREATE TABLE counter (value INTEGER)',
    'INSERT INTO counter VALUES (0)',
  ]) {
    await sql.raw(statement).execute(rows);
  }
}

/** As the stores do it: a second run finds that the first was stored after all. */
async function storeMany(database: Database, worker: string, stored: string[]): Promise<void> {
  for (let n = 0; n < 100; n++) {
    const id = `${worker}-${n}`;
    await database.transaction(async (transaction) => {
      const on = transaction as unknown as Kysely<Rows>;
      const known = await on.selectFrom('records').select('id').where('id', '=', id).executeTakeFirst();
      if (known !== undefined) return;
      await on
        .insertInto('records')
        .values({ id, payload: 'x'.repeat(500) })
        .execute();
      await on
        .updateTable('counter')
        .set((expression) => ({ value: expression('value', '+', 1) }))
        .execute();
    });
    stored.push(id);
    await wait(5);
  }
}

async function untilMore(stored: readonly string[], count: number): Promise<void> {
  const enough = stored.length + count;
  const deadline = performance.now() + 60_000;
  while (stored.length < enough) {
    assert.ok(performance.now() < deadline, `${stored.length} records after a minute`);
    await wait(5);
  }
}

/** A user who may only do what is given for one table. */
async function openLimited(test: TestContext, server: PrivateServer) {
  const mysql = server.connection().startsWith('mysql');
  const user = mysql ? `limited@'%'` : 'limited';
  await runStatements(
    server.adminConnection(),
    'CREATE TABLE limited_records (id VARCHAR(36) PRIMARY KEY)',
    mysql ? `CREATE USER ${user} IDENTIFIED BY 'pass'` : `CREATE ROLE limited LOGIN PASSWORD 'pass'`,
    `GRANT SELECT, INSERT ON limited_records TO ${user}`,
  );
  return open(test, server.connection().replace(/\/\/[^@]+@/, '//limited:pass@'));
}

/**
 * A file system of 16 MB; `undefined`, and the test skipped, where none may be mounted. `leave` is done before it
 * goes.
 */
function smallDisk(test: TestContext, leave: () => Promise<unknown> = async () => {}): string | undefined {
  const { path } = temporaryFolder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m,mode=0777', 'tmpfs', path], {
    encoding: 'utf8',
  });
  if (mounted.status !== 0) {
    test.skip(`no file system may be mounted here: ${mounted.error?.message ?? mounted.stderr.trim()}`);
    return undefined;
  }
  test.after(async () => {
    await leave();
    spawnSync('umount', ['--lazy', path]);
  });
  return path;
}

/** Takes half of a small disk, until there is to be room. */
function ballastOn(disk: string): MakeRoom {
  const ballast = join(disk, 'ballast');
  writeFileSync(ballast, Buffer.alloc(8 * 1024 * 1024));
  return () => rmSync(ballast);
}

/** A table whose data, and nothing else of the server, is on a small disk. */
async function fillDiskOfPostgresql(test: TestContext, server: PrivateServer): Promise<MakeRoom | undefined> {
  const leave = () =>
    runStatements(server.adminConnection(), 'DROP TABLE full_records', 'DROP TABLESPACE small');
  const disk = smallDisk(test, leave);
  if (disk === undefined) return undefined;
  const folder = join(disk, 'data');
  ownFolder(folder, unprivilegedAccount());
  await runStatements(
    server.adminConnection(),
    `CREATE TABLESPACE small LOCATION '${folder}'`,
    'CREATE TABLE full_records (id VARCHAR(36) PRIMARY KEY, payload TEXT) TABLESPACE small',
    // Otherwise repetitive text would be stored in hardly any space.
    'ALTER TABLE full_records ALTER payload SET STORAGE EXTERNAL',
    'GRANT ALL ON full_records TO openstack_citest',
  );
  return ballastOn(disk);
}

/** A table in the server's one file, half of which is taken by a transaction: its way back needs no room. */
async function fillFileOfMariadb(_test: TestContext, server: PrivateServer): Promise<MakeRoom> {
  await runStatements(
    server.adminConnection(),
    'SET GLOBAL innodb_file_per_table = 0',
    'CREATE TABLE ballast (payload LONGTEXT)',
    'CREATE TABLE full_records (id VARCHAR(36) PRIMARY KEY, payload TEXT)',
  );
  const ballast = await logIn(server.adminConnection());
  await ballast.query('BEGIN');
  await ballast.query(`INSERT INTO ballast VALUES (REPEAT('x', 8 * 1024 * 1024))`);
  return async () => {
    await ballast.query('ROLLBACK');
    await ballast.end();
  };
}

async function fillAndGoOn(makeRoom: MakeRoom, database: Database, rows: Kysely<Rows>): Promise<void> {
  // Within a page: MariaDB ends when it finds no room for a long value.
  const payload = 'x'.repeat(3_000);
  const stored: string[] = [];
  const insert = (id: string) =>
    database.transaction((on) => sql`INSERT INTO full_records VALUES (${id}, ${payload})`.execute(on));
  const fill = async () => {
    for (let n = 0; n < 20_000; n++) {
      await insert(`id-${n}`);
      stored.push(`id-${n}`);
    }
  };

  await assert.rejects(fill(), (error) => {
    assert.ok(error instanceof DatabaseUnavailable, String(error));
    assert.match(error.message, /^The disk (?:is full|cannot be read or written) under the /);
    return true;
  });
  await makeRoom();
  await insert('afterwards');

  const { rows: found } = await sql<{ id: string }>`SELECT id FROM full_records`.execute(rows);
  assert.deepEqual(found.map(({ id }) => id).toSorted(), [...stored, 'afterwards'].toSorted());
}
