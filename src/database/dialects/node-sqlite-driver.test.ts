import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { Kysely, SqliteIntrospector, SqliteQueryCompiler, sql } from 'kysely';
import { pause } from '../../../testing/pause.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { NodeSqliteAdapter } from './node-sqlite-adapter.ts';
import { NodeSqliteDriver } from './node-sqlite-driver.ts';

interface Tables {
  counter: { id: string; value: number };
}

function open(path = ':memory:', busyTimeout = 5_000): Kysely<Tables> {
  const writer = new DatabaseSync(path);
  writer.exec('PRAGMA journal_mode = WAL');
  writer.exec('PRAGMA synchronous = OFF');
  writer.exec('CREATE TABLE IF NOT EXISTS counter (id TEXT PRIMARY KEY, value INTEGER)');
  const reader = path === ':memory:' ? {} : { reader: new DatabaseSync(path, { readOnly: true }) };
  const sharesCommits = path !== ':memory:';
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new NodeSqliteAdapter(),
      createDriver: () =>
        new NodeSqliteDriver({ writer, ...reader, sharesCommits, busyTimeout, location: path }),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
}

/** A file with a counter of 1, while another connection holds it. */
async function held(busyTimeout: number) {
  const path = join(temporaryFolder().path, 'test.sqlite');
  const db = open(path, busyTimeout);
  await db.insertInto('counter').values({ id: 'a', value: 1 }).execute();
  const holder = new DatabaseSync(path);
  holder.exec('BEGIN IMMEDIATE');
  return { db, holder };
}

/** Reads, lets others run, and writes: loses updates unless transactions come one after the other. */
function increment(db: Kysely<Tables>): Promise<void> {
  return db.transaction().execute(async (transaction) => {
    const row = await transaction.selectFrom('counter').select('value').executeTakeFirstOrThrow();
    await new Promise((resolve) => setImmediate(resolve));
    await transaction
      .updateTable('counter')
      .set({ value: row.value + 1 })
      .execute();
  });
}

async function valueOf(db: Kysely<Tables>): Promise<number> {
  const row = await db.selectFrom('counter').select('value').executeTakeFirstOrThrow();
  return row.value;
}

describe('statements on SQLite', () => {
  it('give rows, and the number of rows changed', async () => {
    const db = open();

    const inserted = await db.insertInto('counter').values({ id: 'a', value: 1 }).executeTakeFirst();
    const updated = await db.updateTable('counter').set({ value: 2 }).executeTakeFirst();
    const none = await db.deleteFrom('counter').where('id', '=', 'b').executeTakeFirst();
    const rows = await db.selectFrom('counter').selectAll().execute();

    assert.equal(inserted.numInsertedOrUpdatedRows, 1n);
    assert.equal(inserted.insertId, 1n);
    assert.equal(updated.numUpdatedRows, 1n);
    assert.equal(none.numDeletedRows, 0n);
    assert.deepEqual(
      rows.map((row) => ({ ...row })),
      [{ id: 'a', value: 2 }],
    );
  });

  it('give the rows that a writing statement returns', async () => {
    const db = open();

    const rows = await db.insertInto('counter').values({ id: 'a', value: 1 }).returning('id').execute();

    assert.equal(rows[0]?.id, 'a');
  });

  it('take booleans as numbers and undefined as NULL', async () => {
    const db = open();

    const { rows } = await sql<{ a: number; b: number; c: null; d: null }>`
      SELECT ${true} AS a, ${false} AS b, ${null} AS c, ${undefined} AS d`.execute(db);

    assert.deepEqual({ ...rows[0] }, { a: 1, b: 0, c: null, d: null });
  });

  it('keep all of Unicode', async () => {
    const db = open();
    const id = 'a\nb é 😀';

    await db.insertInto('counter').values({ id, value: 1 }).execute();

    assert.equal((await db.selectFrom('counter').select('id').executeTakeFirstOrThrow()).id, id);
  });

  it('go on working after one has failed', async () => {
    const db = open();
    await db.insertInto('counter').values({ id: 'a', value: 1 }).execute();

    await assert.rejects(db.insertInto('counter').values({ id: 'a', value: 2 }).execute(), /UNIQUE/);
    await assert.rejects(sql`SELECT * FROM missing`.execute(db), /no such table/);
    await assert.rejects(sql`SELECT ${1} AS a, ${Symbol('b')} AS b`.execute(db), TypeError);

    assert.equal(await valueOf(db), 1);
  });

  it('are more than those that are kept prepared', async () => {
    const db = open();

    for (let round = 0; round < 2; round++) {
      for (let n = 0; n < 250; n++) {
        const { rows } = await sql<{ n: number }>`SELECT ${sql.lit(n)} AS n`.execute(db);
        assert.equal(rows[0]?.n, n);
      }
    }
  });

  it('see a change of the schema that a kept one was prepared before', async () => {
    const db = open();
    await db.insertInto('counter').values({ id: 'a', value: 1 }).execute();
    const all = sql<Record<string, unknown>>`SELECT * FROM counter`;
    await all.execute(db);

    await sql`ALTER TABLE counter ADD COLUMN note TEXT`.execute(db);

    assert.deepEqual(Object.keys((await all.execute(db)).rows[0] ?? {}), ['id', 'value', 'note']);
  });

  it('do not stream', async () => {
    const db = open();

    const reading = db.selectFrom('counter').selectAll().stream().next();

    await assert.rejects(reading, /Streaming is not supported on SQLite/);
  });
});

describe('transactions on SQLite', () => {
  it('come one after the other, in order of arrival', async () => {
    const db = open();
    const order: number[] = [];

    await Promise.all(
      [1, 2, 3].map((n) =>
        db.transaction().execute(async (transaction) => {
          order.push(n);
          await sql`SELECT 1`.execute(transaction);
          await new Promise((resolve) => setImmediate(resolve));
          order.push(n);
        }),
      ),
    );

    assert.deepEqual(order, [1, 1, 2, 2, 3, 3]);
  });

  it('lose no update of many at once', async () => {
    const db = open();
    await db.insertInto('counter').values({ id: 'a', value: 0 }).execute();

    await Promise.all(Array.from({ length: 100 }, () => increment(db)));

    assert.equal(await valueOf(db), 100);
  });

  it('leave nothing behind when their work throws, and do not hold up the next', async () => {
    const db = open();
    const failure = new Error('changed my mind');

    const failing = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('counter').values({ id: 'a', value: 1 }).execute();
      throw failure;
    });
    const next = db.insertInto('counter').values({ id: 'b', value: 2 }).execute();

    await assert.rejects(failing, (error) => error === failure);
    await next;
    assert.equal(await valueOf(db), 2);
  });

  it('leave nothing behind when a statement in them fails', async () => {
    const db = open();

    const failing = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('counter').values({ id: 'a', value: 1 }).execute();
      await transaction.insertInto('counter').values({ id: 'a', value: 2 }).execute();
    });

    await assert.rejects(failing, /UNIQUE/);
    assert.deepEqual(await db.selectFrom('counter').selectAll().execute(), []);
  });

  it('tell the first error when it has ended the transaction by itself', async () => {
    const db = open();

    const failing = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('counter').values({ id: 'a', value: 1 }).execute();
      await sql`INSERT OR ROLLBACK INTO counter VALUES ('a', 2)`.execute(transaction);
    });

    await assert.rejects(failing, /UNIQUE/);
    await db.insertInto('counter').values({ id: 'b', value: 3 }).execute();
    assert.equal(await valueOf(db), 3);
  });
});

describe('two connections to one SQLite file', () => {
  it('serve 50 writers at once without telling any of them that the database is locked', async () => {
    const folder = temporaryFolder();
    const path = join(folder.path, 'test.sqlite');
    const one = open(path);
    const other = open(path);
    await one.insertInto('counter').values({ id: 'a', value: 0 }).execute();

    await Promise.all(Array.from({ length: 50 }, (_, n) => increment(n % 2 === 0 ? one : other)));

    assert.equal(await valueOf(one), 50);
    assert.equal(await valueOf(other), 50);
  });

  it('let a single statement wait for a transaction of the other, without stopping the process', async () => {
    const folder = temporaryFolder();
    const path = join(folder.path, 'test.sqlite');
    const db = open(path);
    const holder = new DatabaseSync(path);
    holder.exec('BEGIN IMMEDIATE');
    let written = false;

    const writing = db.insertInto('counter').values({ id: 'a', value: 1 }).execute();
    void writing.then(() => (written = true));
    await new Promise((resolve) => setTimeout(resolve, 30));
    const writtenWhileHeld = written;
    holder.exec('COMMIT');
    holder.close();
    await writing;

    assert.equal(writtenWhileHeld, false);
    assert.equal(await valueOf(db), 1);
  });

  it('read what is committed while the other writes', async () => {
    const folder = temporaryFolder();
    const path = join(folder.path, 'test.sqlite');
    const db = open(path, 0);
    await db.insertInto('counter').values({ id: 'a', value: 1 }).execute();
    const holder = new DatabaseSync(path);
    holder.exec('BEGIN IMMEDIATE');
    holder.exec('UPDATE counter SET value = 2');

    const value = await valueOf(db);

    holder.exec('COMMIT');
    holder.close();
    assert.equal(value, 1);
    assert.equal(await valueOf(db), 2);
  });

  it('read at once while a statement waits for the other to let go', async () => {
    const { db, holder } = await held(5_000);
    const writing = db.updateTable('counter').set({ value: 3 }).execute();

    const value = await Promise.race([valueOf(db), writing]);

    assert.equal(value, 1);
    holder.exec('COMMIT');
    await writing;
    assert.equal(await valueOf(db), 3);
  });

  it('give up together when the other does not let go', async () => {
    const { db, holder } = await held(200);
    const all = Promise.allSettled([1, 2, 3, 4, 5].map(() => increment(db)));

    // One after the other they would take a second.
    const outcomes = await Promise.race([all, pause(600).then(() => [])]);

    holder.exec('COMMIT');
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      Array.from({ length: 5 }, () => 'rejected'),
    );
    await all;
  });

  it('say what to do when the other does not let go', async () => {
    const folder = temporaryFolder();
    const path = join(folder.path, 'test.sqlite');
    const db = open(path, 20);
    const holder = new DatabaseSync(path);
    holder.exec('BEGIN IMMEDIATE');

    await assert.rejects(increment(db), { kind: 'unavailable', message: /^The database was held/ });
    await assert.rejects(db.deleteFrom('counter').execute(), { kind: 'unavailable' });

    holder.exec('ROLLBACK');
    holder.close();
    await db.insertInto('counter').values({ id: 'a', value: 1 }).execute();
    assert.equal(await valueOf(db), 1);
  });
});

describe('reading beside the writer of a SQLite file', () => {
  const file = () => open(join(temporaryFolder().path, 'test.sqlite'));

  it('sees every write that was committed before', async () => {
    const db = file();
    await db.insertInto('counter').values({ id: 'a', value: 0 }).execute();

    for (let n = 1; n <= 50; n++) {
      await (n % 2 === 0 ? increment(db) : db.updateTable('counter').set({ value: n }).execute());
      assert.equal(await valueOf(db), n);
    }
  });

  it('does not wait for a transaction, nor see what it has not committed', async () => {
    const db = file();
    await db.insertInto('counter').values({ id: 'a', value: 1 }).execute();

    await db.transaction().execute(async (transaction) => {
      await transaction.updateTable('counter').set({ value: 2 }).execute();
      assert.equal(await valueOf(db), 1);
      assert.equal(await valueOf(transaction), 2);
    });

    assert.equal(await valueOf(db), 2);
  });

  it('sees what several statements in a row have written, as they do themselves', async () => {
    const db = file();

    await db.connection().execute(async (on) => {
      await on.insertInto('counter').values({ id: 'a', value: 1 }).execute();
      await sql`CREATE TEMPORARY TABLE notes AS SELECT 7 AS note`.execute(on);
      assert.equal((await sql<{ note: number }>`SELECT note FROM notes`.execute(on)).rows[0]?.note, 7);
      assert.equal(await valueOf(on), 1);
      assert.equal(await valueOf(db), 1);
    });
  });

  it('knows the schema that a transaction made, and that one that was rolled back did not', async () => {
    const db = file();
    await db.insertInto('counter').values({ id: 'a', value: 1 }).execute();
    const columns = async (on = db) =>
      Object.keys((await sql<object>`SELECT * FROM counter`.execute(on)).rows[0] ?? {});
    const named = async () =>
      (await sql<{ name: string }>`SELECT name FROM pragma_table_info('counter')`.execute(db)).rows.map(
        ({ name }) => name,
      );
    const adding = (column: string, end: () => void) =>
      db.transaction().execute(async (transaction) => {
        await sql`ALTER TABLE counter ADD COLUMN ${sql.ref(column)} TEXT`.execute(transaction);
        await columns(transaction);
        assert.deepEqual(await columns(), await named());
        end();
      });
    assert.deepEqual(await columns(), ['id', 'value']);

    await adding('kept', () => {});
    await assert.rejects(
      adding('undone', () => {
        throw new Error('changed my mind');
      }),
    );

    assert.deepEqual(await columns(), ['id', 'value', 'kept']);
    assert.deepEqual(await named(), ['id', 'value', 'kept']);
    assert.deepEqual(await db.connection().execute(async (on) => [await columns(on), await columns(on)]), [
      ['id', 'value', 'kept'],
      ['id', 'value', 'kept'],
    ]);
  });

  it('is over when the database is closed', async () => {
    const db = file();
    await valueOf(db).catch(() => {});

    await db.destroy();

    await assert.rejects(valueOf(db));
  });
});
