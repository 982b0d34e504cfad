import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { skipWithout } from '../../testing/debian-packages.ts';
import { privateMariadb } from '../../testing/private-mariadb.ts';
import { privatePostgresql } from '../../testing/private-postgresql.ts';
import { runStatements } from '../../testing/server-statements.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

const run = promisify(execFile);
const tool = (name: string) => fileURLToPath(new URL(`../../tools/${name}`, import.meta.url));
const skip = skipWithout(['postgresql', 'mariadb-server']);

describe('tools/test-setup.sh', { skip }, () => {
  it('makes user and database on both servers, again and again', async () => {
    const [postgresql, mariadb] = await Promise.all([privatePostgresql(), privateMariadb()]);
    const env = {
      PATH: process.env.PATH,
      PGHOST: '127.0.0.1',
      PGPORT: String(postgresql.port),
      PGUSER: 'postgres',
      PGPASSWORD: 'openstack_citest',
      MYSQL_HOST: '127.0.0.1',
      MYSQL_TCP_PORT: String(mariadb.port),
      MYSQL_PWD: 'openstack_citest',
      DB_USER: 'somebody',
      DB_PW: 'secret',
      DB_NAME: 'something',
    };

    const first = await run(tool('test-setup.sh'), { env });
    const second = await run(tool('test-setup.sh'), { env });

    const connections = [
      `postgresql://somebody:secret@127.0.0.1:${postgresql.port}/something`,
      `mysql+pymysql://somebody:secret@127.0.0.1:${mariadb.port}/something`,
    ];
    assert.equal(second.stdout, first.stdout);
    assert.equal(second.stderr, '');
    for (const connection of connections) {
      assert.ok(first.stdout.includes(`${connection}\n`));
      await runStatements(
        connection,
        'CREATE TABLE t (n INT)',
        'CREATE DATABASE another',
        'DROP DATABASE another',
      );
    }
    await Promise.all([postgresql.stop(), mariadb.stop()]);
  });

  it('says which server it could not prepare', async () => {
    const env = {
      PATH: process.env.PATH,
      PGHOST: '127.0.0.1',
      PGPORT: '1',
      MYSQL_HOST: '127.0.0.1',
      MYSQL_TCP_PORT: '1',
    };

    await assert.rejects(run(tool('test-setup.sh'), { env }), {
      code: 1,
      stderr: /PostgreSQL is not ready\n[^]*MariaDB is not ready\n$/,
    });
  });

  it('refuses names that would need quotes', async () => {
    const env = { PATH: process.env.PATH, DB_USER: "o'brien" };

    await assert.rejects(run(tool('test-setup.sh'), { env }), {
      code: 2,
      stderr: "Expected DB_USER, DB_PW and DB_NAME to be letters, digits and underscores, got 'o'brien'\n",
    });
  });
});

describe('tools/test-servers.ts', { skip }, () => {
  // Without the servers of this very run, which it would leave alone.
  const env = { ...process.env, INSPECTOR_TEST_POSTGRESQL: '', INSPECTOR_TEST_MYSQL: '' };
  const started = (...args: string[]) => run(process.execPath, [tool('test-servers.ts'), ...args], { env });

  it('starts both servers in a folder, and stops them', async () => {
    const folder = temporaryFolder().path;

    const { stdout, stderr } = await started('start', folder);
    const shown = execFileSync('/bin/sh', [
      '-c',
      `${stdout}\necho "$INSPECTOR_TEST_POSTGRESQL $INSPECTOR_TEST_MYSQL"`,
    ]);
    const connections = shown.toString().trim().split(' ');
    for (const connection of connections) await runStatements(connection, 'SELECT 1');
    await started('stop', folder);
    await started('stop', folder);

    assert.match(stderr, /^PostgreSQL \d+\.\d+.*\nMariaDB \d+\.\d+/);
    assert.equal(connections.length, 2);
    for (const connection of connections) {
      await assert.rejects(runStatements(connection, 'SELECT 1'), { code: 'ECONNREFUSED' });
    }
    assert.ok(statSync(join(folder, 'postgresql', 'data')).isDirectory());
  });

  it('gives both to a program, whose exit code is its own', async () => {
    const program = ['/bin/sh', '-c', 'echo "$INSPECTOR_TEST_POSTGRESQL $INSPECTOR_TEST_MYSQL"; exit 3'];

    const failure = await started('run', ...program).catch(
      (error: { code: number; stdout: string }) => error,
    );

    const [postgresql = '', mariadb = ''] = failure.stdout.trim().split('\n').at(-1)?.split(' ') ?? [];
    assert.equal((failure as { code: number }).code, 3);
    assert.match(
      postgresql,
      /^postgresql:\/\/openstack_citest:openstack_citest@127\.0\.0\.1:\d+\/openstack_citest$/,
    );
    assert.match(
      mariadb,
      /^mysql\+pymysql:\/\/openstack_citest:openstack_citest@127\.0\.0\.1:\d+\/openstack_citest$/,
    );
    await assert.rejects(runStatements(mariadb, 'SELECT 1'), { code: 'ECONNREFUSED' });
  });

  it('says how it is used', async () => {
    await assert.rejects(started('begin'), {
      code: 1,
      stderr: 'Expected `start FOLDER`, `stop FOLDER` or `run PROGRAM...`\n',
    });
  });
});
