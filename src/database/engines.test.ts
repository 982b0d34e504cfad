// Shows these lines of docs/compatibility.md: mysql-read-committed, mysql-no-backslash-escapes.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { type Kysely, sql } from 'kysely';
import { forEachEngine, type TestEngine } from '../../testing/database-engines.ts';
import { runStatements } from '../../testing/server-statements.ts';
import { openTestDatabase } from '../../testing/test-database.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { Database } from './database.ts';

interface ThingsTable {
  id: string;
  number: number | null;
  big: number | null;
  ready: unknown;
  at: unknown;
  note: string | null;
}

type Things = Kysely<{ things: ThingsTable }>;

/** Text that would end a statement if it were not escaped, and characters of one to three bytes. */
const difficultText = `it's "quoted" \\' \\\\ -- ; %s ? $1 \n\r\t\b é € \uffff`;

forEachEngine('a database', (engine) => {
  const opened: Database[] = [];
  afterEach(async () => {
    for (const database of opened.splice(0)) await database.close();
  });

  /** A database with an empty table `things`, in the character set of the original's tables. */
  async function open(changes: Parameters<typeof openTestDatabase>[1] = {}, connection?: string) {
    const at = connection ?? (await engine.emptyDatabase());
    const database = await openTestDatabase(at, changes);
    opened.push(database);
    const things = database.query as unknown as Things;
    if (connection === undefined) await createTable(engine, things);
    return { connection: at, database, things };
  }

  it('refuses values that its columns cannot hold as those of who sent them', async (t) => {
    if (engine.name === 'sqlite') return t.skip('SQLite takes any value');
    const { things } = await open();
    const hostile = engine.name === 'mysql' ? '😀' : 'a\u0000b';

    for (const id of ['x'.repeat(37), hostile]) {
      await assert.rejects(things.insertInto('things').values(thing(id)).execute(), (error: Error) => {
        assert.ok(error instanceof InspectorError);
        assert.equal(error.kind, 'invalid');
        assert.match(error.message, /^(?:A value|The value of id) cannot be stored or looked for: it /);
        return true;
      });
    }
  });

  it('keeps what is written, as it was', async () => {
    const { database, things } = await open();
    const { dialect } = database;
    const row = {
      id: 'a',
      number: -1,
      big: Number.MAX_SAFE_INTEGER,
      ready: dialect.encodeBoolean(false),
      at: dialect.encodeTimestamp('2026-11-22T13:36:35.999804'),
      note: dialect.storableText(difficultText),
    };

    await things.insertInto('things').values(row).execute();
    const read = await things
      .selectFrom('things')
      .selectAll()
      .where('note', '=', difficultText)
      .executeTakeFirst();

    const fraction = engine.name === 'mysql' ? '000000' : '999804';
    assert.equal(database.dialect.decodeTimestamp(read?.at), `2026-11-22T13:36:35.${fraction}`);
    assert.equal(database.dialect.decodeBoolean(read?.ready), false);
    assert.deepEqual({ ...read }, { ...row, at: read?.at });
  });

  it('stores a text with any characters and of any length once it is made storable', async () => {
    const { database, things } = await open();
    const text = `a\u0000b😀c\ud800${'€'.repeat(30_000)}`;

    const note = database.dialect.storableText(text);
    await things
      .insertInto('things')
      .values({ ...thing('a'), note })
      .execute();

    const read = await things.selectFrom('things').select('note').executeTakeFirstOrThrow();
    assert.equal(read.note, note);
    assert.ok(Buffer.byteLength(note) <= 65_535);
  });

  it('counts in numbers: rows that match, and sums', async () => {
    const { things } = await open();
    await things
      .insertInto('things')
      .values([thing('a', 2), thing('b', 3)])
      .execute();

    const same = await things
      .updateTable('things')
      .set({ number: 2 })
      .where('id', '=', 'a')
      .executeTakeFirst();
    const none = await things
      .updateTable('things')
      .set({ number: 2 })
      .where('id', '=', 'x')
      .executeTakeFirst();
    const gone = await things.deleteFrom('things').where('id', '=', 'b').executeTakeFirst();
    const { rows } =
      await sql`SELECT COUNT(*) AS n, SUM(number) AS s, AVG(big) AS average FROM things`.execute(things);

    assert.equal(same.numUpdatedRows, 1n);
    assert.equal(none.numUpdatedRows, 0n);
    assert.equal(gone.numDeletedRows, 1n);
    assert.deepEqual({ ...(rows[0] as object) }, { n: 1, s: 2, average: null });
  });

  it('tells a second row with the same key, and goes on', async () => {
    const { database, things } = await open();
    await things.insertInto('things').values(thing('a')).execute();

    const twice = things.insertInto('things').values(thing('a')).execute();

    await assert.rejects(twice, (error) => database.dialect.isUniqueViolation(error));
    await things.insertInto('things').values(thing('b')).execute();
  });

  it('takes NULL for what is not given', async () => {
    const { things } = await open();

    const { rows } = await sql<{ a: unknown }>`SELECT ${undefined} AS a`.execute(things);

    assert.equal(rows[0]?.a, null);
  });

  it('says that a table or a column is missing', async () => {
    const { things } = await open();

    for (const statement of [sql`SELECT * FROM no_such_table`, sql`SELECT no_such_column FROM things`]) {
      await assert.rejects(statement.execute(things), {
        kind: 'unavailable',
        message:
          /^Tables or columns are missing, or older than this version, in the .*ironic-inspector-dbsync upgrade$/,
      });
    }
  });

  it('leaves nothing behind when the work of a transaction throws', async () => {
    const { database, things } = await open();

    const failing = database.transaction(async (transaction) => {
      const on = transaction as unknown as Things;
      await on.insertInto('things').values(thing('a')).execute();
      throw new Error('changed my mind');
    });

    await assert.rejects(failing, /changed my mind/);
    assert.deepEqual(await things.selectFrom('things').selectAll().execute(), []);
  });

  it('loses no update of many writers at once', async () => {
    const { connection, things, database } = await open();
    const other = await open({}, connection);
    await things.insertInto('things').values(thing('a', 0)).execute();

    await Promise.all(
      Array.from({ length: 60 }, (_, n) => increment(n % 2 === 0 ? database : other.database)),
    );

    const read = await things.selectFrom('things').select('number').executeTakeFirstOrThrow();
    assert.equal(read.number, 60);
  });

  it('gets two transactions through that wait for each other', async () => {
    const { database, things } = await open();
    await things
      .insertInto('things')
      .values([thing('a', 0), thing('b', 0)])
      .execute();

    await Promise.all([incrementBoth(database, 'a', 'b'), incrementBoth(database, 'b', 'a')]);

    const rows = await things.selectFrom('things').select('number').execute();
    assert.deepEqual(
      rows.map(({ number }) => number),
      [2, 2],
    );
  });

  it('replaces rows side by side, where there are none before', async () => {
    const { database, things } = await open();

    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        database.transaction(async (transaction) => {
          const on = transaction as unknown as Things;
          await on.deleteFrom('things').where('id', '=', `id-${n}`).execute();
          await on
            .insertInto('things')
            .values(thing(`id-${n}`))
            .execute();
        }),
      ),
    );

    assert.equal((await things.selectFrom('things').select('id').execute()).length, 40);
  });

  if (engine.name !== 'sqlite') serverTests(engine, open);
});

type Open = (
  changes?: Parameters<typeof openTestDatabase>[1],
  connection?: string,
) => Promise<{ connection: string; database: Database; things: Things }>;

function serverTests(engine: TestEngine, open: Open): void {
  const endSession = engine.name === 'mysql' ? 'KILL' : 'SELECT pg_terminate_backend';
  const ownId = sql<{
    id: number;
  }>`SELECT ${sql.raw(engine.name === 'mysql' ? 'CONNECTION_ID()' : 'pg_backend_pid()')} AS id`;

  /** Ends the session of a query from outside. */
  async function end(connection: string, on: Things): Promise<void> {
    const { rows } = await ownId.execute(on);
    await runStatements(connection, `${endSession}(${rows[0]?.id})`);
  }

  describe('whose server ends connections', () => {
    it('reads and writes on another one when an idle one was ended', async () => {
      const { connection, things } = await open();

      await end(connection, things);
      await untilNoticed();
      await things.insertInto('things').values(thing('a')).execute();
      await end(connection, things);
      const rows = await things.selectFrom('things').select('id').execute();

      assert.equal(rows.length, 1);
    });

    it('runs a transaction again', async () => {
      const { connection, database, things } = await open();
      let runs = 0;

      await database.transaction(async (transaction) => {
        const on = transaction as unknown as Things;
        runs++;
        await on
          .insertInto('things')
          .values(thing(`run-${runs}`))
          .execute();
        if (runs < 3) await end(connection, on);
        await on.insertInto('things').values(thing('end')).execute();
      });

      const rows = await things.selectFrom('things').select('id').orderBy('id').execute();
      assert.deepEqual(
        rows.map(({ id }) => id),
        ['end', 'run-3'],
      );
    });
  });

  describe('on a server', () => {
    it('opens no more connections than it may', async () => {
      const { things } = await open({ max_pool_size: 2, max_overflow: 1 });

      const asked = await Promise.all(Array.from({ length: 30 }, () => ownId.execute(things)));

      const ids = new Set(asked.map(({ rows }) => rows[0]?.id));
      assert.ok(ids.size <= 3, `${ids.size} connections`);
    });

    it('speaks of a user that may not log in and of an unknown database, without the password', async () => {
      const { connection } = await open();
      const unknownUser = new URL(connection);
      unknownUser.username = 'no_such_user';
      unknownUser.password = 'wrong-secret';
      const unknownDatabase = new URL(connection);
      unknownDatabase.pathname = '/no_such_database';

      for (const url of [unknownUser, unknownDatabase]) {
        await assert.rejects(openTestDatabase(url.href), (error: Error) => {
          assert.match(
            error.message,
            /^(?:No access to|A permission is missing on) the \w+ database "\w+" on 127\.0\.0\.1:\d+: /,
          );
          assert.doesNotMatch(error.message, /secret/);
          return true;
        });
      }
    });

    it('answers in UTC', async () => {
      const { things, database } = await open();

      const { rows } = await sql<{ now: unknown }>`SELECT CURRENT_TIMESTAMP AS now`.execute(things);

      const now = Date.parse(`${database.dialect.decodeTimestamp(rows[0]?.now)}Z`);
      assert.ok(Math.abs(now - Date.now()) < 60_000, String(rows[0]?.now));
    });
  });

  if (engine.name === 'mysql') mysqlTests(open);
  else postgresqlTests(open);
}

function mysqlTests(open: Open): void {
  describe('on MySQL', () => {
    it('has the SQL mode of mysql_sql_mode, but never one in which escaped values end their quotes', async () => {
      const modes = ['TRADITIONAL', 'ANSI,NO_BACKSLASH_ESCAPES', ''];
      const { connection } = await open();
      const found: unknown[] = [];
      for (const mysql_sql_mode of modes) {
        const { things } = await open({ mysql_sql_mode }, connection);
        const { rows } = await sql<{ mode: string; text: string }>`
          SELECT @@SESSION.sql_mode AS mode, ${difficultText} AS text`.execute(things);
        assert.equal(rows[0]?.text, difficultText);
        found.push(rows[0]?.mode);
      }

      assert.match(String(found[0]), /TRADITIONAL/);
      assert.match(String(found[1]), /ANSI/);
      assert.doesNotMatch(String(found), /NO_BACKSLASH_ESCAPES/);
    });

    it('names max_allowed_packet when a statement is too large, and goes on', async () => {
      const { things } = await open();
      const { rows } = await sql<{ size: number }>`SELECT @@max_allowed_packet AS size`.execute(things);
      const large = 'x'.repeat(rows[0]?.size ?? 0);

      const writing = things
        .insertInto('things')
        .values({ ...thing('a'), note: large })
        .execute();

      await assert.rejects(writing, {
        kind: 'unavailable',
        message:
          /^A statement is too large for .* max_allowed_packet is \d+\. Raise max_allowed_packet on the server$/,
      });
      await things.insertInto('things').values(thing('a')).execute();
    });

    it('uses an index for text, though tables and connection differ in their character set', async () => {
      const { things } = await open();
      await things
        .insertInto('things')
        .values(Array.from({ length: 200 }, (_, n) => thing(`id-${n}`)))
        .execute();

      const { rows } = await sql<{
        key: string | null;
      }>`EXPLAIN SELECT * FROM things WHERE id = ${'id-1'}`.execute(things);

      assert.equal(rows[0]?.key, 'PRIMARY');
    });

    it('does not take an object for a value: it would become a part of the statement', async () => {
      const { things } = await open();

      await assert.rejects(sql`SELECT ${{ a: 1 }} AS a`.execute(things), TypeError);
    });
  });
}

function postgresqlTests(open: Open): void {
  describe('on PostgreSQL', () => {
    it('stores nothing, and says so, when the work of a transaction hides a failed statement', async () => {
      const { database, things } = await open();

      const failing = database.transaction(async (transaction) => {
        const on = transaction as unknown as Things;
        await on.insertInto('things').values(thing('a')).execute();
        await on
          .insertInto('things')
          .values(thing('a'))
          .execute()
          .catch(() => {});
      });

      await assert.rejects(failing, /^Error: Nothing was stored/);
      assert.deepEqual(await things.selectFrom('things').selectAll().execute(), []);
    });

    it('refuses more values than the protocol can count', async () => {
      const { things } = await open();
      const many = Array.from({ length: 65_536 }, (_, n) => `id-${n}`);

      await assert.rejects(things.selectFrom('things').select('id').where('id', 'in', many).execute(), {
        message: 'Expected at most 65535 values in a statement, got 65536',
      });
    });
  });
}

/** The end of a connection takes a moment to arrive. */
function untilNoticed(): Promise<unknown> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}

async function createTable(engine: TestEngine, things: Things): Promise<void> {
  const mysql = engine.name === 'mysql';
  await sql`
    CREATE TABLE things (
      id VARCHAR(36) PRIMARY KEY,
      number INTEGER,
      big BIGINT,
      ready BOOLEAN,
      at ${sql.raw(engine.name === 'postgresql' ? 'TIMESTAMP' : 'DATETIME')},
      note TEXT
    ) ${sql.raw(mysql ? 'DEFAULT CHARSET utf8mb3' : '')}`.execute(things);
}

function thing(id: string, number: number | null = null): ThingsTable {
  return { id, number, big: null, ready: null, at: null, note: null };
}

/** Under the lock that the first statement takes. */
async function increment(database: Database): Promise<void> {
  await database.transaction(async (transaction) => {
    const on = transaction as unknown as Things;
    await on.updateTable('things').set({ big: 1 }).where('id', '=', 'a').execute();
    const { number } = await on.selectFrom('things').select('number').executeTakeFirstOrThrow();
    await on
      .updateTable('things')
      .set({ number: Number(number) + 1 })
      .where('id', '=', 'a')
      .execute();
  });
}

async function incrementBoth(database: Database, ...ids: readonly string[]): Promise<void> {
  await database.transaction(async (transaction) => {
    const on = transaction as unknown as Things;
    for (const id of ids) {
      await on
        .updateTable('things')
        .set((expression) => ({ number: expression('number', '+', 1) }))
        .where('id', '=', id)
        .execute();
      await untilNoticed();
    }
  });
}
