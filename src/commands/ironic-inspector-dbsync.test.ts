// Shows these lines of docs/compatibility.md: dbsync-two-histories, dbsync-create-schema, dbsync-unversioned,
// dbsync-unknown-version, dbsync-stamp-unknown, dbsync-relative-revisions, dbsync-options-of-others,
// dbsync-ddl-transaction.
import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { madeUpDbsync } from '../../testing/made-up-dbsync.ts';
import { headOf, histories } from '../database/revisions.ts';
import { main } from './ironic-inspector-dbsync.ts';

const newest = `b55109d5063a (head)\n${headOf('own')} (inspector) (head)\n`;

/** Runs statements on a SQLite file, which is made where it is not there. */
function execute(path: string, statements: string): void {
  const sqlite = new DatabaseSync(path);
  sqlite.exec(statements);
  sqlite.close();
}

/** Messages of standard error, without what each line begins with. */
function messages(err: string): string[] {
  return err
    .split('\n')
    .flatMap((line) => /^INFO {2}\[alembic\.runtime\.migration\] (.*)$/.exec(line)?.[1] ?? []);
}

describe('ironic-inspector-dbsync upgrade', () => {
  it('makes all tables, tells each step, and does nothing the second time', async () => {
    const { run } = madeUpDbsync();

    const first = await run('upgrade');
    const second = await run('upgrade');

    assert.deepEqual([first.code, first.out], [0, '']);
    const told = messages(first.err);
    assert.deepEqual(told.slice(0, 3), [
      'Context impl SQLiteImpl.',
      'Will assume transactional DDL.',
      'Running upgrade  -> 578f84f38d, inital_db_schema',
    ]);
    const steps = told.filter((line) => line.startsWith('Running upgrade '));
    assert.equal(steps.length, histories.reference.length + histories.own.length);
    assert.deepEqual([second.code, second.out], [0, '']);
    assert.deepEqual(
      messages(second.err).filter((line) => line.startsWith('Running upgrade ')),
      [],
    );
    assert.equal((await run('current')).out, newest);
  });

  it('goes to the revision that is named, or whose beginning is, and never back', async () => {
    const { run } = madeUpDbsync();

    await run('upgrade', '--revision', 'd588');
    const older = await run('current');
    await run('upgrade', '--revision', '18440d0834af');
    const back = await run('upgrade', '--revision', '578f84f38d');

    assert.equal(older.out, 'd588418040d\n');
    assert.equal(back.code, 0);
    assert.equal((await run('current')).out, '18440d0834af\n');
  });

  for (const revision of ['nope', '+1', '-1']) {
    it(`fails for the revision ${revision}`, async () => {
      const { run } = madeUpDbsync();

      const { code, out, err } = await run('upgrade', '--revision', revision);

      assert.equal(code, 255);
      assert.equal(out, `FAILED: Can't locate revision identified by '${revision}'\n`);
      assert.match(err, /^ERROR \[alembic\.util\.messaging\] Can't locate revision identified by /m);
    });
  }

  it('fails for tables without a version, and says how to stamp them', async () => {
    const { run, database } = madeUpDbsync();
    execute(database, 'CREATE TABLE nodes (uuid TEXT)');

    const { code, out } = await run('upgrade');

    assert.equal(code, 255);
    assert.match(
      out,
      /^FAILED: The database has inspector tables but no version\. Run .*stamp --revision 578f84f38d/,
    );
  });

  it('fails for a version that it does not know', async () => {
    const { run, database } = madeUpDbsync();
    await run('upgrade');
    execute(database, "UPDATE alembic_version SET version_num = 'zzzzz'");

    const upgraded = await run('upgrade');
    const current = await run('current');
    const shown = await run('show', '--revision', 'current');

    assert.equal(upgraded.code, 255);
    assert.match(
      upgraded.out,
      /^FAILED: The database is at revision zzzzz, which this version does not know/,
    );
    for (const { code, out } of [current, shown]) {
      assert.deepEqual([code, out], [255, "FAILED: Can't locate revision identified by 'zzzzz'\n"]);
    }
  });

  it('exits with 1 when the database cannot be opened, is of an unknown kind, or breaks', async () => {
    const { run, folder, database } = madeUpDbsync();
    const file = (name: string, connection: string) => {
      writeFileSync(join(folder, name), `[database]\nconnection = ${connection}\n`);
      return join(folder, name);
    };
    execute(database, 'CREATE VIEW nodes AS SELECT 1 AS uuid');

    const gone = await run('--config-file', file('gone', 'sqlite:////no/such/folder/x'), 'upgrade');
    const unknown = await run('--config-file', file('unknown', 'oracle://here/x'), 'current');
    const broken = await run('upgrade');

    assert.deepEqual(
      [gone.code, gone.out, unknown.code, unknown.out, broken.code, broken.out],
      [1, '', 1, '', 1, ''],
    );
    assert.match(gone.err, /^Cannot open the database \/no\/such\/folder\/x: /);
    assert.match(unknown.err, /oracle/);
    assert.match(broken.err, /\n {4}at /, 'where a fault that nobody foresaw comes from');
  });

  it('minds a fault in its own options, and not in those of the service', async () => {
    const { run, folder } = madeUpDbsync();
    writeFileSync(join(folder, 'bad.conf'), '[DEFAULT]\ndebug = perhaps\n');
    writeFileSync(join(folder, 'fine.conf'), '[DEFAULT]\ntimeout = soon\n');

    const bad = await run('--config-file', join(folder, 'bad.conf'), 'history');
    const fine = await run('--config-file', join(folder, 'fine.conf'), 'history');

    assert.deepEqual([bad.code, bad.out], [1, '']);
    assert.match(bad.err, /debug from .*bad\.conf:2.*perhaps/);
    assert.equal(fine.code, 0);
  });

  it('exits with 1 for a configuration that is not there, and with 2 for wrong arguments', async () => {
    const { run } = madeUpDbsync();

    assert.equal((await run('--config-file', '/no/such.conf', 'history')).code, 1);
    assert.equal((await run('downgrade')).code, 2);
    assert.equal((await run('--help')).code, 0);
  });
});

describe('ironic-inspector-dbsync stamp', () => {
  it('records a revision and makes no tables', async () => {
    const { run } = madeUpDbsync();

    const { code, out } = await run('stamp', '--revision', 'bf8d');

    assert.deepEqual([code, out], [0, '']);
    assert.equal((await run('current')).out, 'bf8dec16023c\n');
    assert.equal((await run('upgrade')).code, 1, 'there is no table rules');
  });

  it('forgets all with base', async () => {
    const { run } = madeUpDbsync();
    await run('upgrade');

    const { code } = await run('stamp', '--revision', 'base');

    assert.equal(code, 0);
    assert.equal((await run('current')).out, '');
  });

  it('takes no value for the newest revision, also in place of an unknown one', async () => {
    const { run, database } = madeUpDbsync();
    await run('upgrade');
    execute(database, "UPDATE alembic_version SET version_num = 'zzzzz'");

    const { code } = await run('stamp', '--revision');

    assert.equal(code, 0);
    assert.equal((await run('current')).out, newest);
  });

  it('fails for an unknown revision', async () => {
    const { run } = madeUpDbsync();

    const { code, out } = await run('stamp', '--revision', 'nope');

    assert.deepEqual([code, out], [255, "FAILED: Can't locate revision identified by 'nope'\n"]);
  });
});

describe('ironic-inspector-dbsync create_schema', () => {
  it('makes what upgrade makes, in an empty database only', async () => {
    const { run } = madeUpDbsync();

    const first = await run('create_schema');
    const second = await run('create_schema');

    assert.deepEqual([first.code, first.out], [0, '']);
    assert.equal((await run('current')).out, newest);
    assert.equal(second.code, 255);
    assert.match(second.out, /^FAILED: The database is not empty, .*use upgrade for this one\n$/);
  });
});

describe('ironic-inspector-dbsync', () => {
  it('tells history, heads and branches without a database', async () => {
    const { run, database } = madeUpDbsync();

    const history = await run('history');
    const heads = await run('heads');
    const branches = await run('branches');

    assert.match(
      history.out,
      /^bf8dec16023c -> b55109d5063a \(head\), Added 'scope' column to 'Rules' table\n/,
    );
    assert.match(history.out, /\n<base> -> 0001 \(inspector\), .*\n$/);
    assert.deepEqual([heads.code, heads.out], [0, newest]);
    assert.deepEqual([branches.code, branches.out], [0, '']);
    assert.deepEqual([history.err, heads.err, branches.err], ['', '', '']);
    assert.equal(existsSync(database), false);
  });

  it('shows one revision, both newest, those of the database, and none for base', async () => {
    const { run, folder } = madeUpDbsync();
    await run('upgrade', '--revision', 'e169');

    const one = await run('show', '--revision', 'd588');
    const newestOnes = await run('show', '--revision');
    const current = await run('show', '--revision', 'current');
    const base = await run('show', '--revision', 'base');
    const unknown = await run('show', '--revision', 'nope');

    assert.equal(
      one.out,
      `Rev: d588418040d
Parent: 578f84f38d
Path: ${folder}/src/database/migrations/reference/d588418040d-create-rules.ts

    Add Rules
    
    Revision ID: d588418040d
    Revises: 578f84f38d
    Create Date: 2015-09-21 14:31:03.048455

`,
    );
    assert.deepEqual(newestOnes.out.match(/^Rev: .*$/gm), [
      'Rev: b55109d5063a (head)',
      `Rev: ${headOf('own')} (head)`,
    ]);
    assert.match(current.out, /^Rev: e169a4a81d88\n/);
    assert.deepEqual([base.code, base.out], [0, '']);
    assert.equal(unknown.code, 255);
  });

  it('says that a file of the package is missing', async () => {
    const { run } = madeUpDbsync({
      listDirectory: () => ['d588418040d-create-rules.d.ts', 'd588418040d-x.test.ts'],
    });

    const { code, err } = await run('show', '--revision', 'd588');

    assert.equal(code, 1);
    assert.match(err, /There is no file of revision d588418040d in .*: install the package again/);
  });

  it('opens the file of a revision in an editor', async () => {
    const { run, edited, folder, own } = madeUpDbsync();

    const { code, out } = await run('edit', '--revision', 'd588');
    await run('edit', '--revision');

    assert.deepEqual([code, out], [0, '']);
    assert.equal(
      edited[0],
      `/made/up/ed ${folder}/src/database/migrations/reference/d588418040d-create-rules.ts`,
    );
    assert.equal(edited.length, 3);
    assert.ok(edited[2]?.startsWith(`/made/up/ed ${own}/${headOf('own')}-`));
  });

  it('tells why nothing was edited', async () => {
    const failing = madeUpDbsync({
      edit: () => {
        throw new Error('ed ended with exit status 1');
      },
    });
    const { run } = madeUpDbsync();

    const failed = await failing.run('edit', '--revision', 'd588');
    const base = await run('edit', '--revision', 'base');
    const current = await run('edit', '--revision', 'current');

    assert.deepEqual(
      [failed.code, failed.out],
      [255, 'FAILED: Error executing editor (ed ended with exit status 1)\n'],
    );
    assert.deepEqual([base.code, base.out], [255, "FAILED: No revision files indicated by symbol 'base'\n"]);
    assert.deepEqual([current.code, current.out], [255, 'FAILED: No current revisions\n']);
  });

  it('edits and writes migrations in a checkout only', async () => {
    const { run } = madeUpDbsync({ migrations: { reference: '/a', own: '/b', areSources: false } });

    for (const argv of [
      ['edit', '--revision'],
      ['revision', '-m', 'x'],
      ['revision', '--autogenerate'],
    ]) {
      const { code, out, err } = await run(...argv);

      assert.deepEqual([code, out], [1, '']);
      assert.match(err, /Migrations are written and edited in a checkout of the sources; \/b belongs to/);
    }
  });

  it('runs over this process', async (t) => {
    const write = t.mock.method(process.stdout, 'write', () => true);

    const code = await main(['heads']);

    const printed = write.mock.calls.map(({ arguments: [text] }) => String(text));
    write.mock.restore();
    assert.equal(code, 0);
    assert.ok(printed.includes(newest));
  });
});
