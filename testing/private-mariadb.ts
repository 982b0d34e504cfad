import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import {
  citest,
  type Place,
  type PrivateServer,
  type PrivateServerOptions,
  privateServer,
  type ServerKind,
} from './private-server.ts';
import { prepareServer } from './server-process.ts';

const serverProgram = '/usr/sbin/mariadbd';

const kind: ServerKind = {
  name: 'MariaDB',
  scheme: 'mysql+pymysql',
  administrator: 'root',
  stopSignal: 'SIGTERM',
  marker: join('data', 'mysql'),
  install,
  command: ({ folder, port }, durable) => [
    serverProgram,
    '--no-defaults',
    `--datadir=${join(folder, 'data')}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    // From the data folder, so that its path may be of any length.
    '--socket=mariadb.sock',
    '--pid-file=mariadb.pid',
    '--skip-name-resolve',
    '--max-connections=300',
    '--character-set-server=utf8mb4',
    '--default-time-zone=+00:00',
    '--innodb-buffer-pool-size=64M',
    // io_uring, its default, fails now and then where many servers share a container's limits.
    '--innodb-use-native-aio=0',
    // 2: what is committed has been handed to the operating system.
    ...(durable ? [] : ['--innodb-flush-log-at-trx-commit=2', '--innodb-flush-method=nosync']),
  ],
  ask,
};

/**
 * A MariaDB server of our own, from the packages of Debian or Ubuntu. Its administrator is `root`, with the same
 * password as `openstack_citest`.
 *
 * @throws Error with the server's log when it does not come up.
 */
export function privateMariadb(options: PrivateServerOptions = {}): Promise<PrivateServer> {
  return privateServer(kind, options);
}

/** Whether there is a MariaDB that `privateMariadb` can start. */
export function hasMariadb(): boolean {
  return existsSync(serverProgram);
}

function install(place: Place): void {
  if (!hasMariadb()) {
    throw new Error(`Expected ${serverProgram}; the package mariadb-server of Debian and Ubuntu has it`);
  }
  const datadir = `--datadir=${join(place.folder, 'data')}`;
  prepareServer(
    'mariadb-install-db',
    [
      '--no-defaults',
      datadir,
      '--skip-test-db',
      '--skip-name-resolve',
      '--auth-root-authentication-method=normal',
    ],
    place,
  );
  // The server itself, without a network: one statement a line.
  prepareServer(serverProgram, ['--no-defaults', datadir, '--bootstrap', '--skip-networking'], {
    ...place,
    input: [
      'FLUSH PRIVILEGES;',
      `CREATE DATABASE ${citest};`,
      `CREATE USER ${citest}@'%' IDENTIFIED BY '${citest}';`,
      `GRANT ALL PRIVILEGES ON *.* TO ${citest}@'%';`,
      `CREATE OR REPLACE USER root@'127.0.0.1' IDENTIFIED BY '${citest}';`,
      `GRANT ALL PRIVILEGES ON *.* TO root@'127.0.0.1' WITH GRANT OPTION;`,
      '',
    ].join('\n'),
  });
}

async function ask(connection: string): Promise<void> {
  const { hostname: host, port, username: user, password, pathname } = new URL(connection);
  const database = pathname.slice(1);
  const asked = await createConnection({
    host,
    port: Number(port),
    user,
    password,
    database,
    connectTimeout: 1000,
  });
  await asked.query('SELECT 1');
  await asked.end();
}
