import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { sql, type Transaction } from 'kysely';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { openTestDatabase } from '../../../testing/test-database.ts';
import type { Database, Queries } from '../database.ts';
import type { Tables } from '../tables.ts';
import { CommitGroup } from './commit-group.ts';
import { SqliteHandle } from './sqlite-handle.ts';
import { Turns } from './turns.ts';
import { UndoneWithOthers } from './undone-with-others.ts';

interface Note {
  readonly id: string;
  /** Must be there when the transaction is stored, unless it is null. */
  readonly parent?: string | null;
  readonly text?: string;
}

/** A database in a file with a table of notes, and another connection that sees what is stored. */
async function notebook() {
  const path = join(temporaryFolder().path, 'notes.sqlite');
  const database = await openTestDatabase(`sqlite:///${path}`);
  await sql`PRAGMA foreign_keys = ON`.execute(database.query);
  await sql`
    CREATE TABLE notes (
      id TEXT PRIMARY KEY, text TEXT, parent TEXT REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED
    )`.execute(database.query);
  const observer = new DatabaseSync(path, { readOnly: true });
  const select = observer.prepare('SELECT id FROM notes ORDER BY id');
  return { path, database, stored: () => select.all().map(({ id }) => String(id)) };
}

const insert = ({ id, parent = null, text = '' }: Note) =>
  sql`INSERT INTO notes (id, parent, text) VALUES (${id}, ${parent}, ${text})`;

const add = (database: Database, note: Note, also?: (transaction: Transaction<Tables>) => Promise<unknown>) =>
  database.transaction(async (transaction) => {
    await insert(note).execute(transaction);
    await also?.(transaction);
  });

async function ids(query: Queries): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`SELECT id FROM notes ORDER BY id`.execute(query);
  return rows.map(({ id }) => id);
}

const names = (count: number) => Array.from({ length: count }, (_, number) => `note ${number + 10}`);

const noParent = /FOREIGN KEY constraint failed/;

/** Some turns of the event loop: what can end has ended. */
async function aWhile(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await nextTurn();
}

describe('transactions that come close to each other', () => {
  it('are stored by one COMMIT', async () => {
    const { database, stored } = await notebook();

    const first = await Promise.race(
      names(20).map(async (id) => {
        await add(database, { id });
        return stored();
      }),
    );

    assert.deepEqual(first, names(20));
  });

  it('are stored by further ones when there are many', async () => {
    const { database, stored } = await notebook();

    const counts = await Promise.all(
      names(120).map(async (id) => {
        await add(database, { id });
        return stored().length;
      }),
    );

    assert.deepEqual([...new Set(counts)], [50, 100, 120]);
  });

  it('have ended only when they are stored, statements that write among them', async () => {
    const { database, stored } = await notebook();
    const early: string[] = [];

    for (let round = 0; round < 5; round++) {
      await Promise.all(
        names(20).map(async (name, number) => {
          const id = `${round} ${name}`;
          await (number % 3 === 0 ? insert({ id }).execute(database.query) : add(database, { id }));
          if (!stored().includes(id)) early.push(id);
          await nextTurn();
        }),
      );
    }

    assert.deepEqual(early, []);
    assert.equal(stored().length, 100);
  });

  it('see what those before them did, which nobody else sees until it is stored', async () => {
    const { database, stored } = await notebook();
    const { promise: go, resolve: letGo } = Promise.withResolvers<void>();
    const told: string[] = [];

    const first = add(database, { id: 'a' }).then(() => told.push('a'));
    const second = add(database, { id: 'b' }, async (transaction) => {
      assert.deepEqual(await ids(transaction), ['a', 'b']);
      await go;
    });
    await aWhile();
    const whileOpen = [await ids(database.query), stored(), [...told]];
    letGo();
    await Promise.all([first, second]);

    assert.deepEqual(whileOpen, [[], [], []]);
    assert.deepEqual([await ids(database.query), stored(), told], [['a', 'b'], ['a', 'b'], ['a']]);
  });

  it('undo nothing of each other when one throws', async () => {
    const { database, stored } = await notebook();
    const failure = new Error('changed my mind');

    const results = await Promise.allSettled(
      names(9).map((id, number) =>
        add(database, { id }, async () => {
          if (number % 4 === 0) throw failure;
        }),
      ),
    );

    const kept = names(9).filter((_, number) => number % 4 !== 0);
    assert.deepEqual(stored(), kept);
    assert.deepEqual(
      results.map((result) => (result.status === 'rejected' ? result.reason : null)),
      names(9).map((_, number) => (number % 4 === 0 ? failure : null)),
    );
  });

  it('are refused only because of what is stored', async () => {
    const { database, stored } = await notebook();

    const first = add(database, { id: 'a' });
    const seen = await Promise.all([
      add(database, { id: 'a' }).catch((error: Error) => [error.message, ...stored()]),
      insert({ id: 'a' })
        .execute(database.query)
        .catch((error: Error) => [error.message, ...stored()]),
    ]);

    await first;
    const refusal = ['UNIQUE constraint failed: notes.id', 'a'];
    assert.deepEqual(seen, [refusal, refusal]);
  });

  it('let in what is neither a transaction nor a write when they are stored', async () => {
    const { database, stored } = await notebook();

    const first = add(database, { id: 'a' });
    await sql`VACUUM`.execute(database.query);
    const afterVacuum = stored();
    const second = add(database, { id: 'b' });
    await sql`PRAGMA user_version = 7`.execute(database.query);
    const afterPragma = stored();

    await Promise.all([first, second]);
    assert.deepEqual([afterVacuum, afterPragma], [['a'], ['a', 'b']]);
  });

  it('end with one that changes the schema, which all see then', async () => {
    const { database, stored } = await notebook();
    await add(database, { id: 'a' });
    const all = sql<object>`SELECT * FROM notes`;
    const columns = async (on: Queries) => Object.keys((await all.execute(on)).rows[0] ?? {});
    await columns(database.query);

    const first = add(database, { id: 'b' });
    const changing = add(database, { id: 'c' }, (transaction) =>
      sql`ALTER TABLE notes ADD COLUMN colour TEXT`.execute(transaction),
    );
    const last = database.transaction(async (transaction) => [await columns(transaction), stored()]);

    assert.deepEqual(await last, [
      ['id', 'text', 'parent', 'colour'],
      ['a', 'b', 'c'],
    ]);
    assert.deepEqual(await columns(database.query), ['id', 'text', 'parent', 'colour']);
    await Promise.all([first, changing]);
  });

  it('keep what they did when one is undone that would have changed the schema', async () => {
    const { database, stored } = await notebook();

    const first = add(database, { id: 'a' });
    const changing = database.transaction(async (transaction) => {
      await sql`ALTER TABLE notes ADD COLUMN colour TEXT`.execute(transaction);
      throw new Error('changed my mind');
    });

    await assert.rejects(changing, /changed my mind/);
    await first;
    const { rows } = await sql<object>`SELECT * FROM notes`.execute(database.query);
    assert.deepEqual(Object.keys(rows[0] ?? {}), ['id', 'text', 'parent']);
    assert.deepEqual(stored(), ['a']);
  });

  it('are stored before the database closes', async () => {
    const { database, stored } = await notebook();
    let closing: Promise<void> | undefined;

    const first = add(database, { id: 'a' });
    const second = add(database, { id: 'b' }, async () => {
      closing = database.close();
      await aWhile();
    });
    await Promise.all([first, second]);
    await closing;

    assert.deepEqual(stored(), ['a', 'b']);
    await assert.rejects(ids(database.query));
  });

  it('hand the file to other connections in between', async () => {
    const { path, database, stored } = await notebook();
    const other = await openTestDatabase(`sqlite:///${path}`);
    const ended = new AbortController();

    const busy = Promise.all(
      names(20).map(async (name) => {
        for (let round = 0; !ended.signal.aborted; round++) {
          await add(database, { id: `${name} ${round}` });
          await nextTurn();
        }
      }),
    );
    for (let number = 0; number < 5; number++) await add(other, { id: `other ${number}` });
    ended.abort();
    await busy;

    assert.equal(stored().filter((id) => id.startsWith('other')).length, 5);
  });
});

describe('a transaction without others', () => {
  it('has ended after a turn of the event loop', async () => {
    const { database } = await notebook();
    const seen = { turns: 0, isDone: false };
    const count = () => {
      seen.turns += 1;
      if (!seen.isDone) setImmediate(count);
    };
    setImmediate(count);

    for (const id of names(20)) await add(database, { id });

    seen.isDone = true;
    assert.ok(seen.turns <= 50, `${seen.turns} turns`);
  });

  it('waits for nothing in memory', async () => {
    const database = await openTestDatabase('sqlite://');
    await sql`CREATE TABLE notes (id TEXT PRIMARY KEY, text TEXT, parent TEXT)`.execute(database.query);
    let turns = 1;
    // Where the machine did not let this process run for a while, the event loop gets a turn in between.
    for (let tries = 0; turns > 0 && tries < 50; tries++) {
      turns = 0;
      await sql`DELETE FROM notes`.execute(database.query);
      setImmediate(() => (turns += 1));

      await Promise.all(names(3).map((id) => add(database, { id })));
    }

    assert.equal(turns, 0);
    assert.deepEqual(await ids(database.query), names(3));
  });
});

describe('a failure among transactions that are stored together', () => {
  it('of COMMIT is that of the one at fault, and the others are stored', async () => {
    const { database, stored } = await notebook();
    const runs = new Map<string, number>();
    const count = (id: string) => async () => void runs.set(id, (runs.get(id) ?? 0) + 1);

    const results = await Promise.allSettled([
      ...names(4).map((id) => add(database, { id }, count(id))),
      add(database, { id: 'orphan', parent: 'nobody' }, count('orphan')),
      insert({ id: 'single' }).execute(database.query),
      add(database, { id: 'last' }, count('last')),
    ]);

    assert.deepEqual(
      results.map(({ status }) => status),
      [...names(4).map(() => 'fulfilled'), 'rejected', 'fulfilled', 'fulfilled'],
    );
    assert.match(String(results[4]?.status === 'rejected' && results[4].reason), noParent);
    assert.deepEqual(stored(), ['last', ...names(4), 'single']);
    // Each a second time, by itself.
    assert.deepEqual([...runs.values()], [2, 2, 2, 2, 2, 2]);
  });

  it('of COMMIT has a refusal decided anew that rested on what was not stored', async () => {
    const { database, stored } = await notebook();

    const orphan = add(database, { id: 'a', parent: 'nobody' });
    const refused = add(database, { id: 'a' });
    const single = insert({ id: 'a', parent: 'nobody' }).execute(database.query);

    await assert.rejects(orphan);
    await refused;
    await assert.rejects(single);
    assert.deepEqual(stored(), ['a']);
  });

  it('that ends the transaction of the engine is that of the one at fault', async () => {
    const { database, stored } = await notebook();

    const others = [add(database, { id: 'a' }), insert({ id: 'b' }).execute(database.query)];
    const failing = add(database, { id: 'c' }, (transaction) =>
      sql`INSERT OR ROLLBACK INTO notes (id) VALUES ('c')`.execute(transaction),
    );
    const last = add(database, { id: 'd' });

    await assert.rejects(failing, /UNIQUE/);
    await Promise.all([...others, last]);
    assert.deepEqual(stored(), ['a', 'b', 'd']);
  });

  it('for want of room on the disk leaves those stored that have room', async () => {
    const { database, stored } = await notebook();
    await sql`PRAGMA max_page_count = 30`.execute(database.query);
    const failing = { id: 'big', text: 'x'.repeat(300_000) };

    const results = await Promise.allSettled([
      add(database, { id: 'a' }),
      add(database, { id: 'b' }),
      add(database, failing),
      insert(failing).execute(database.query),
      add(database, { id: 'c' }),
    ]);

    const kinds = results.map((result) => (result.status === 'rejected' ? result.reason.kind : 'stored'));
    assert.deepEqual(kinds, ['stored', 'stored', 'unavailable', 'unavailable', 'stored']);
    assert.match(String(results[2]?.status === 'rejected' && results[2].reason.message), /^The disk is full/);
    assert.deepEqual(stored(), ['a', 'b', 'c']);
  });

  it('has each stored by itself for a while', async () => {
    const { database, stored } = await notebook();
    const orphan = add(database, { id: 'orphan', parent: 'nobody' });
    await Promise.all([assert.rejects(orphan), add(database, { id: 'a' })]);

    const first = add(database, { id: 'b' }).then(stored);
    const second = add(database, { id: 'c' });

    assert.deepEqual(await first, ['a', 'b']);
    await second;
  });

  it('of its savepoint is that of the whole group, and nothing half done is stored', async () => {
    const { database, stored } = await notebook();
    let runs = 0;

    const first = add(database, { id: 'a' }, async () => void (runs += 1));
    const failing = add(database, { id: 'b' }, async (transaction) => {
      if (runs === 1) await sql`RELEASE inspector_member`.execute(transaction);
      throw new Error('changed my mind');
    });

    await assert.rejects(failing, /changed my mind/);
    await first;
    assert.equal(runs, 2);
    assert.deepEqual(stored(), ['a']);
  });
});

/** A group on a file without WAL, where those who read keep COMMIT waiting. */
function groupOn(Connection: typeof DatabaseSync, busyTimeout: number) {
  const path = join(temporaryFolder().path, 'group.sqlite');
  const writer = new Connection(path);
  writer.exec('CREATE TABLE notes (id TEXT)');
  const group = new CommitGroup(new SqliteHandle(writer, busyTimeout, path), new Turns(), true);
  /** A transaction; what it waits for is not awaited. */
  const addTo = async (id: string) => {
    await group.begin(performance.now());
    writer.exec(`INSERT INTO notes VALUES ('${id}')`);
    await group.leave();
    const { stored } = group;
    await group.settle();
    return { stored };
  };
  const observer = new DatabaseSync(path, { readOnly: true });
  const select = observer.prepare('SELECT id FROM notes ORDER BY id');
  return { writer, group, addTo, observer, all: () => select.all().map(({ id }) => String(id)) };
}

describe('a group of transactions', () => {
  it('is stored when a savepoint fails that one begins with', async () => {
    class WithoutSavepoints extends DatabaseSync {
      override exec(text: string): void {
        if (text.startsWith('SAVEPOINT')) throw new Error('out of memory');
        super.exec(text);
      }
    }
    const { writer, group, addTo, all } = groupOn(WithoutSavepoints, 0);

    const { stored } = await addTo('a');
    await assert.rejects(group.begin(performance.now()), /out of memory/);
    await stored;

    assert.equal(writer.isTransaction, false);
    assert.deepEqual(all(), ['a']);
  });

  it('waits for those who read the file and so keep COMMIT waiting', async () => {
    const { addTo, observer, all } = groupOn(DatabaseSync, 5000);
    observer.exec('BEGIN');
    all();

    const added = [await addTo('a'), await addTo('b')].map(({ stored }) => stored);
    const early = await Promise.race([added[0], wait(30, 'waits')]);
    observer.exec('COMMIT');
    await Promise.all(added);

    assert.equal(early, 'waits');
    assert.deepEqual(all(), ['a', 'b']);
  });

  it('is undone when they keep it waiting for too long, and the next is stored', async () => {
    const { writer, addTo, observer, all } = groupOn(DatabaseSync, 20);
    observer.exec('BEGIN');
    all();

    const added = [await addTo('a'), await addTo('b')].map(({ stored }) => stored);
    const results = await Promise.allSettled(added);
    observer.exec('COMMIT');

    for (const result of results) {
      assert.ok(result.status === 'rejected' && result.reason instanceof UndoneWithOthers);
      assert.match(result.reason.message, /^The database was held by another connection for more than 0.02/);
    }
    assert.equal(writer.isTransaction, false);
    await (await addTo('c')).stored;
    assert.deepEqual(all(), ['c']);
  });
});
