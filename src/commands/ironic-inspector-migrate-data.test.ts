// Shows these lines of docs/compatibility.md: migrate-data-exit-code, migrate-data-errors-as-text.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fakeKeystone } from '../../testing/fake-keystone.ts';
import { fakeSwift } from '../../testing/fake-swift.ts';
import { madeUpConsole } from '../../testing/made-up-console.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { testDatabase } from '../../testing/test-database.ts';
import { databaseDataStore } from '../introspection-data/database-store.ts';
import { objectName } from '../introspection-data/swift-store.ts';
import { main, runMigrateData } from './ironic-inspector-migrate-data.ts';
import { packageVersion } from './package-version.ts';

const uuidOf = (n: number) => `00000000-0000-0000-0000-${String(n).padStart(12, '0')}`;

/** The command over a database with so many nodes, and a Swift; the nodes have data of both kinds. */
async function migration(t: TestContext, nodes: number) {
  const { path } = temporaryFolder();
  const swift = await fakeSwift((token) => keystone.isValid(token));
  const keystone = await fakeKeystone({ objectStore: swift.url });
  const connection = `sqlite:///${join(path, 'service.sqlite')}`;
  const database = await testDatabase(connection);
  t.after(() => Promise.all([swift.close(), keystone.close(), database.close()]));
  const store = databaseDataStore(database);
  for (let n = 1; n <= nodes; n++) {
    const times = { started_at: null, finished_at: null, error: null, manage_boot: null, version_id: null };
    await database.query
      .insertInto('nodes')
      .values({ uuid: uuidOf(n), state: 'finished', ...times })
      .execute();
    await store.save(uuidOf(n), 'processed', `{"n": ${n}}`);
    await store.save(uuidOf(n), 'unprocessed', `{"raw": ${n}}`);
  }
  const file = join(path, 'inspector.conf');
  const logFile = join(path, 'migration.log');
  const log = () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');
  const configure = (more = '') =>
    writeFileSync(
      file,
      `[DEFAULT]\nlog_file = ${logFile}\n[database]\nconnection = ${connection}\n[swift]\nauth_url = ${keystone.url}\nusername = inspector\n` +
        'password = secret\nuser_domain_name = Default\nproject_name = service\nproject_domain_name = Default\n' +
        `connect_retries = 0\n${more}`,
    );
  configure();
  const run = async (...args: string[]) => {
    const on = madeUpConsole(path);
    const code = await runMigrateData(['--config-file', file, ...args], on);
    return { code, ...on.said, signals: on.signals };
  };
  const toSwift = () => run('--from', 'database', '--to', 'swift');
  return { path, file, log, swift, keystone, database, store, run, toSwift, configure };
}

describe('ironic-inspector-migrate-data', () => {
  it('copies every record to Swift, byte for byte', async (t) => {
    const { swift, toSwift } = await migration(t, 3);

    const { code, out, err } = await toSwift();

    assert.equal(
      out,
      'Finished introspection data migration, total records: 6. all records are migrated successfully.\n',
    );
    assert.match(err, /6 copied, 0 already at the target, 0 without content, 0 failed\n$/);
    assert.equal(code, 0);
    assert.equal(swift.objects.size, 6);
    assert.equal(
      swift.objects.get(`ironic-inspector/${objectName(uuidOf(2), 'processed')}`)?.text,
      '{"n": 2}',
    );
    assert.equal(
      swift.objects.get(`ironic-inspector/${objectName(uuidOf(3), 'unprocessed')}`)?.text,
      '{"raw": 3}',
    );
  });

  it('writes nothing in a second run, and what is missing in a run after an interrupted one', async (t) => {
    const { swift, toSwift } = await migration(t, 3);
    await toSwift();
    const written = () => swift.requests.filter(({ method }) => method === 'PUT').length;
    const before = written();
    swift.objects.delete(`ironic-inspector/${objectName(uuidOf(2), 'processed')}`);

    const again = await toSwift();
    const third = await toSwift();

    assert.match(again.err, /1 copied, 5 already at the target/);
    assert.match(third.err, /0 copied, 6 already at the target/);
    assert.equal(third.out, again.out);
    assert.equal(written(), before + 1);
  });

  it('copies back to the database', async (t) => {
    const { database, store, run, toSwift } = await migration(t, 2);
    await toSwift();
    await database.query.deleteFrom('introspection_data').execute();

    const { code, out } = await run('--from', 'swift', '--to', 'database');

    assert.equal(code, 0);
    assert.match(out, /total records: 4\. all records are migrated successfully/);
    assert.equal(await store.get(uuidOf(1), 'unprocessed'), '{"raw": 1}');
    assert.equal(await store.get(uuidOf(2), 'processed'), '{"n": 2}');
  });

  it('names the records that failed, and ends with 1', async (t) => {
    const { database, swift, toSwift, log } = await migration(t, 2);
    await database.query
      .deleteFrom('introspection_data')
      .where('uuid', '=', uuidOf(1))
      .where('processed', '=', 0)
      .execute();
    swift.failOn(/PUT .*inspector_data-0+-0000-0000-0000-0+2$/, { status: 507 });

    const { code, out } = await toSwift();

    assert.equal(
      out,
      `Finished introspection data migration, total records: 4. Failed to migrate:\n${uuidOf(1)}(processed=False)\n${uuidOf(2)}(processed=True)\n`,
    );
    assert.match(log(), /ERROR .*was not migrated: the database store has no data of/);
    assert.match(log(), /ERROR .*was not migrated: Swift failed to create object .* Swift answered 507/);
    assert.equal(code, 1);
  });

  it('says of no nodes only the first sentence', async (t) => {
    const { toSwift } = await migration(t, 0);

    const { code, out } = await toSwift();

    assert.deepEqual([code, out], [0, 'Finished introspection data migration, total records: 0. \n']);
  });

  it('ends with 130 when it is interrupted, and a second signal ends it at once', async (t) => {
    const { path, file, swift } = await migration(t, 30);
    const on = madeUpConsole(path);
    for (let n = 0; n < 8; n++) swift.failOn(/^PUT .*inspector_data/, { late: 300 });

    const running = runMigrateData(['--config-file', file, '--from', 'database', '--to', 'swift'], on);
    while (!swift.requests.some(({ method }) => method === 'PUT')) await wait(5);
    on.signals.emit('SIGINT');
    on.signals.emit('SIGINT');

    assert.equal(await running, 130);
    assert.equal(on.said.out, '');
    assert.match(on.said.err, /\.\.\. terminating migration tool\n$/);
    assert.deepEqual(on.left, [130]);
    assert.ok(swift.objects.size < 60, `${swift.objects.size}`);
    assert.equal(on.signals.eventNames().length, 0);
  });

  it('says at once when Swift cannot be reached or refuses the credentials', async (t) => {
    const { keystone, toSwift, configure } = await migration(t, 1);
    configure('endpoint_override = http://127.0.0.1:1/v1/x\n');
    const unreachable = await toSwift();
    configure('password = wrong\n');
    const refused = await toSwift();
    await keystone.close();
    keystone.close = async () => {};
    const noKeystone = await toSwift();

    assert.deepEqual([unreachable.code, refused.code, noKeystone.code], [1, 1, 1]);
    assert.match(unreachable.err, /^Swift failed to look at object .* failed: .*ECONNREFUSED.*\n$/);
    assert.match(refused.err, /refuses the credentials of \[swift\] with 401/);
    assert.match(noKeystone.err, /^Swift failed to look at object .*ECONNREFUSED/);
    assert.deepEqual([unreachable.out, refused.out, noKeystone.out], ['', '', '']);
  });

  it('says when the database is not that of a service', async (t) => {
    const { file, toSwift, path } = await migration(t, 0);
    writeFileSync(
      file,
      `[database]\nconnection = sqlite:///${path}/other.sqlite\n[swift]\nauth_type = none\nendpoint = http://127.0.0.1:1\n`,
    );

    const { code, err } = await toSwift();

    assert.equal(code, 1);
    assert.match(
      err,
      /Check \[database\]connection, and that ironic-inspector-dbsync upgrade has been run on it\n$/,
    );
  });

  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['--from', 'swift', '--to', 'swift'], /^Source and destination can not be the same\.\n$/],
    [['--from', 'swift'], /^--to: expected one of database, swift, got nothing\n$/],
    [['--to', 'swift'], /^--from: expected one of database, swift, got nothing\n$/],
    [['--from', 'file', '--to', 'swift'], /^--from: expected one of database, swift, got "file"\n$/],
    [['--from', 'swift', '--to', 'database', '--config-file', '/nonexistent.conf'], /nonexistent\.conf/],
  ];
  for (const [args, message] of wrong) {
    it(`ends with 1 for ${args.join(' ')}`, async () => {
      const on = madeUpConsole(temporaryFolder().path);

      assert.equal(await runMigrateData(args, on), 1);
      assert.match(on.said.err, message);
      assert.equal(on.said.out, '');
    });
  }

  it('says which option of [swift] is missing', async (t) => {
    const { file, toSwift } = await migration(t, 0);
    writeFileSync(file, '[database]\nconnection = sqlite://\n');

    const { code, err } = await toSwift();

    assert.deepEqual([code, err], [1, '[swift]auth_url: expected a value, as auth_type is password\n']);
  });

  it('has the options of the service commands, and refuses others', async () => {
    const on = madeUpConsole(temporaryFolder().path);

    assert.equal(await runMigrateData(['--help'], on), 0);
    assert.equal(await runMigrateData(['--version'], on), 0);
    assert.equal(await runMigrateData(['--unknown'], on), 2);
    assert.equal(await runMigrateData(['extra'], on), 2);
    assert.match(
      on.said.out,
      /--from <store>[^]*--to <store>[^]*--config-file[^]*--debug[^]*130 interrupted/,
    );
    assert.ok(on.said.out.endsWith(`${packageVersion()}\n`));
  });

  it('runs over this process, too', async () => {
    assert.equal(await main(['--from', 'swift', '--to', 'swift', '--config-file', '/nonexistent']), 1);
  });

  it('shows each record with --debug, and the stack of what is a bug', async (t) => {
    const { run, file, path, log } = await migration(t, 1);
    await run('--from', 'database', '--to', 'swift', '--debug');
    const on = madeUpConsole(path, {
      readFile: () => {
        throw new TypeError('a bug');
      },
    });

    assert.match(log(), /DEBUG .*\(processed=True\): copied/);
    assert.equal(await runMigrateData(['--from', 'database', '--to', 'swift', '--config-file', file], on), 1);
    assert.match(on.said.err, /a bug/);
  });
});
