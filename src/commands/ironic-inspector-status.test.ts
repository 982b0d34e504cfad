// Shows these lines of docs/compatibility.md: status-database-checks, status-policy-fallback,
// status-own-configuration, status-check-word.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { madeUpConsole } from '../../testing/made-up-console.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openTestDatabase } from '../../testing/test-database.ts';
import { upgrade } from '../database/migrate.ts';
import { silentLogger } from '../logging/logger.ts';
import { main, runStatus } from './ironic-inspector-status.ts';
import type { Finding } from './status/upgrade-check.ts';

const policyCheck = 'Policy File JSON to YAML Migration';

/** A folder with a configuration, and files beside it. */
function machine(files: Readonly<Record<string, string>> = {}, configuration = '') {
  const folder = temporaryFolder().path;
  const database = join(folder, 'inspector.sqlite');
  const all = {
    'ironic-inspector.conf': `[database]\nconnection = sqlite:///${database}\n${configuration}\n`,
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const run = async (...argv: readonly string[]) => {
    const on = madeUpConsole(folder);
    const code = await runStatus(argv, on);
    return { code, ...on.said };
  };
  const check = async (...options: readonly string[]) => {
    const { code, out } = await run(...options, 'upgrade', 'check', '--json');
    const { checks } = JSON.parse(out) as { readonly checks: readonly Finding[] };
    const of = (name: string) => checks.find((one) => one.check === name);
    return {
      code,
      policy: of(policyCheck),
      schema: of('Database Schema'),
      contents: of('Database Contents'),
    };
  };
  const upgraded = async (revision = 'heads') => {
    const opened = await openTestDatabase(`sqlite:///${database}`);
    await upgrade(opened, silentLogger(), revision);
    await opened.close();
  };
  const execute = (statements: string) => {
    const sqlite = new DatabaseSync(database);
    sqlite.exec(statements);
    sqlite.close();
  };
  return { folder, database, run, check, upgraded, execute };
}

describe('ironic-inspector-status upgrade check', () => {
  it('finds nothing wrong with a database at the newest revision', async () => {
    const { run, upgraded } = machine();
    await upgraded();

    const { code, out, err } = await run('upgrade', 'check');

    assert.deepEqual([code, err], [0, '']);
    assert.equal(
      out,
      `+-------------------------------------------+
| Upgrade Check Results                     |
+-------------------------------------------+
| Check: Policy File JSON to YAML Migration |
| Result: Success                           |
| Details: None                             |
+-------------------------------------------+
| Check: Database Schema                    |
| Result: Success                           |
| Details: None                             |
+-------------------------------------------+
| Check: Database Contents                  |
| Result: Success                           |
| Details: None                             |
+-------------------------------------------+
`,
    );
  });

  describe('of the policy file', () => {
    const json = '{"introspection:status": "role:admin"}';
    const yaml = 'introspection:status: role:admin\n';
    for (const [what, files, policyFile, expected] of [
      ['accepts no file', {}, '', 0],
      ['accepts YAML', { 'policy.yaml': yaml }, '', 0],
      ['accepts an empty file', { 'policy.yaml': '' }, '', 0],
      ['refuses JSON, whatever the file is called', { 'policy.yaml': json }, '', 2],
      ['refuses a configured JSON file', { 'rules.json': json }, 'rules.json', 2],
      ['refuses policy.json, which counts without policy.yaml', { 'policy.json': json }, '', 2],
      ['accepts policy.json beside policy.yaml', { 'policy.json': json, 'policy.yaml': yaml }, '', 0],
      ['accepts policy.json where another file is configured', { 'policy.json': json }, 'other.yaml', 0],
      ['looks into the usual folders', { '.ironic-inspector/policy.yaml': json }, '', 2],
    ] as const) {
      it(what, async () => {
        const { check, upgraded } = machine(
          files,
          policyFile && `[oslo_policy]\npolicy_file = ${policyFile}`,
        );
        await upgraded();

        const { code, policy } = await check();

        assert.equal(policy?.result, expected);
        assert.equal(code, expected);
        if (expected === 2) assert.match(policy?.details ?? '', /^Your policy file is JSON-formatted/);
      });
    }

    it('takes an absolute path', async () => {
      const { folder, check } = machine({ 'elsewhere/rules': json });
      writeFileSync(join(folder, 'a.conf'), `[oslo_policy]\npolicy_file = ${folder}/elsewhere/rules\n`);

      const { policy } = await check('--config-file', join(folder, 'a.conf'));

      assert.equal(policy?.result, 2);
    });

    it('looks into --config-dir first', async () => {
      const { folder, check } = machine({ 'd/x.conf': '', 'd/policy.yaml': json, 'policy.yaml': yaml });

      assert.equal((await check('--config-dir', join(folder, 'd'))).policy?.result, 2);
      assert.equal((await check('--config-dir', 'd')).policy?.result, 2);
      assert.equal((await check()).policy?.result, 0);
    });
  });

  describe('of the schema', () => {
    it('warns of a database that is not there, and does not make it', async () => {
      const { check, database } = machine();

      const { code, schema, contents } = await check();

      assert.equal(code, 1);
      assert.equal(schema?.result, 1);
      assert.ok(schema?.details?.startsWith(`There is no database ${database} yet.`));
      assert.equal(contents?.result, 0);
      assert.equal(existsSync(database), false);
    });

    it('warns of an empty one', async () => {
      const { check, folder } = machine({ 'memory.conf': '[database]\nconnection = sqlite://\n' });

      const { schema } = await check('--config-file', join(folder, 'memory.conf'));

      assert.deepEqual(
        [schema?.result, schema?.details],
        [1, 'The database is empty: run "ironic-inspector-dbsync upgrade".'],
      );
    });

    it('warns of an older revision, also of one before nodes had a state', async () => {
      const { check, upgraded } = machine();
      await upgraded('e169a4a81d88');

      const { code, schema, contents } = await check();

      assert.deepEqual([code, schema?.result, contents?.result], [1, 1, 0]);
      assert.match(
        schema?.details ?? '',
        /^The database is at revision e169a4a81d88, the newest is b55109d5063a: stop/,
      );
    });

    it("accepts the original's newest one, and tells that ours is added", async () => {
      const { check, upgraded } = machine();
      await upgraded('b55109d5063a');

      const { code, schema } = await check();

      assert.equal(code, 0);
      assert.match(schema?.details ?? '', /Ours are added when the service starts/);
    });

    for (const [what, statements, expected] of [
      [
        'a revision that is unknown',
        "UPDATE alembic_version SET version_num = 'zzz'",
        /at revision zzz, which this/,
      ],
      [
        'a revision of a newer version',
        "INSERT INTO inspector_schema_history VALUES ('ffffffffffff')",
        /upgraded by a newer version: .* has ffffffffffff/,
      ],
      ['tables without a version', 'DROP TABLE alembic_version', /has inspector tables but no version\. Run/],
      ['a table that is missing', 'DROP TABLE rule_actions', /but it lacks table rule_actions\. Restore it/],
      [
        'a column that is missing',
        'ALTER TABLE nodes DROP COLUMN manage_boot',
        /lacks column nodes\.manage_boot/,
      ],
    ] as const) {
      it(`refuses ${what}`, async () => {
        const { check, upgraded, execute } = machine();
        await upgraded();
        execute(statements);

        const { code, schema } = await check();

        assert.deepEqual([code, schema?.result], [2, 2]);
        assert.match(schema?.details ?? '', expected);
      });
    }

    for (const [what, connection, expected] of [
      [
        'that is no database',
        'sqlite:///ironic-inspector.conf',
        /Cannot open the database .*ironic-inspector\.conf/,
      ],
      ['of an unknown kind', 'oracle://me:secret@here/x', /oracle/],
      ['that does not answer', 'postgresql://me:secret@127.0.0.1:1/x', /127\.0\.0\.1/],
    ] as const) {
      it(`refuses one ${what}, and shows no password`, async () => {
        const { check, folder } = machine();
        const absolute = connection.replace('sqlite:///', `sqlite:///${folder}/`);
        writeFileSync(join(folder, 'other.conf'), `[database]\nconnection = ${absolute}\n`);
        const started = Date.now();

        const { code, schema, contents } = await check('--config-file', join(folder, 'other.conf'));

        assert.deepEqual([code, schema?.result, contents?.result], [2, 2, 0]);
        assert.match(schema?.details ?? '', expected);
        assert.doesNotMatch(schema?.details ?? '', /secret/);
        assert.ok(Date.now() - started < 8000, 'it is tried once');
      });
    }
  });

  describe('of the contents', () => {
    const node = (uuid: string, state: string) =>
      `INSERT INTO nodes (uuid, state, started_at) VALUES ('${uuid}', '${state}', '2026-11-22 12:00:00.000000');`;

    it('accepts nodes that rest, and nodes that wait for their ramdisk', async () => {
      const { check, upgraded, execute } = machine();
      await upgraded();
      execute(node('a', 'finished') + node('b', 'error') + node('c', 'waiting'));

      assert.deepEqual((await check()).contents, { check: 'Database Contents', result: 0, details: null });
    });

    it('warns of nodes that only the process which works on them can lead on', async () => {
      const { check, upgraded, execute } = machine();
      await upgraded('b55109d5063a');
      execute(
        node('a', 'starting') + node('b', 'processing') + node('c', 'processing') + node('d', 'waiting'),
      );

      const { code, contents } = await check();

      assert.deepEqual([code, contents?.result], [1, 1]);
      assert.match(
        contents?.details ?? '',
        /^3 introspections are in the middle .*: 2 processing, 1 starting\. Wait/,
      );
    });

    it('leaves out those that our service takes up', async () => {
      const { check, upgraded, execute } = machine();
      await upgraded();
      execute(
        `${node('a', 'processing')}
        INSERT INTO work_in_flight (node_uuid, kind, arguments, created_at)
        VALUES ('a', 'continue', '{}', '2026-11-22 12:00:00.000000');`,
      );

      assert.equal((await check()).contents?.result, 0);
    });

    it('refuses states that nobody knows', async () => {
      const { check, upgraded, execute } = machine();
      await upgraded();
      execute(node('a', 'dancing') + node('b', 'starting'));

      const { code, contents } = await check();

      assert.deepEqual([code, contents?.result], [2, 2]);
      assert.match(
        contents?.details ?? '',
        /^1 rows of the table nodes have a state that is none: 1 dancing\./,
      );
    });
  });

  it('exits with 255 when the check itself fails', async () => {
    const { folder } = machine();
    const on = madeUpConsole(folder, {
      exists: () => {
        throw new TypeError('broken');
      },
    });

    assert.equal(
      await runStatus(['--config-file', join(folder, 'ironic-inspector.conf'), 'upgrade', 'check'], on),
      255,
    );
    assert.match(on.said.out, /^Error:\nTypeError: broken\n +at /);
  });

  it('exits with 1 for a configuration that cannot be read, and minds only options of its own', async () => {
    const { run, folder, upgraded } = machine({
      'fine.conf': '[DEFAULT]\ntimeout = soon\n',
      'bad.conf': 'x',
    });
    await upgraded();

    const missing = await run('--config-file', '/no/such.conf', 'upgrade', 'check');
    const bad = await run('--config-file', join(folder, 'bad.conf'), 'upgrade', 'check');
    const fine = await run('--config-file', join(folder, 'fine.conf'), 'upgrade', 'check');

    assert.deepEqual([missing.code, bad.code, fine.code], [1, 1, 1]);
    assert.match(missing.err, /Failed to find some config files: \/no\/such\.conf/);
    assert.equal(missing.out, '');
    assert.match(fine.out, /There is no database/);
  });
});

describe('arguments of ironic-inspector-status', () => {
  for (const argv of [
    [],
    ['upgrade'],
    ['upgrade', 'bogus'],
    ['check'],
    ['upgrade', 'check', 'extra'],
    ['--json', 'upgrade', 'check'],
    ['upgrade', 'check', '--config-file', 'a'],
    ['--version'],
    ['--debug', 'upgrade', 'check'],
  ]) {
    it(`are wrong: ${argv.join(' ') || 'none'}`, async () => {
      const { run } = machine();

      const { code, out, err } = await run(...argv);

      assert.deepEqual([code, out], [2, '']);
      assert.notEqual(err, '');
    });
  }

  it('may have --json before the word check', async () => {
    const { run, upgraded } = machine();
    await upgraded();

    const { code, out } = await run('upgrade', '--json', 'check');

    assert.equal(code, 0);
    assert.match(out, /^\{"name": "Upgrade Check Results", "checks": \[\{/);
  });

  for (const argv of [['--help'], ['upgrade', '--help']]) {
    it(`show help for ${argv.join(' ')}`, async () => {
      const { run } = machine();

      const { code, out } = await run(...argv);

      assert.equal(code, 0);
      assert.match(out, /^Usage: ironic-inspector-status /);
    });
  }

  it('are taken from this process', async (t) => {
    const write = t.mock.method(process.stdout, 'write', () => true);

    const code = await main(['--help']);

    const printed = write.mock.calls.map(({ arguments: [text] }) => String(text)).join('');
    write.mock.restore();
    assert.equal(code, 0);
    assert.match(printed, /Exit codes: 0 all is well/);
  });
});
