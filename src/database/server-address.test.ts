// Shows these lines of docs/compatibility.md: unknown-url-parameter.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { silentLogger } from '../logging/logger.ts';
import { parseConnectionUrl } from './connection-url.ts';
import { type ServerAddress, serverAddress } from './server-address.ts';

function addressOf(connection: string, log = silentLogger()): ServerAddress {
  const url = parseConnectionUrl(connection);
  assert.ok(url.engine !== 'sqlite');
  return serverAddress({ ...url, engine: url.engine }, log);
}

describe('the server of a connection', () => {
  it('has what the connection says, and a location without user and password', () => {
    assert.deepEqual(addressOf('mysql+pymysql://me:secret@db.example:3307/inspector?charset=utf8'), {
      engine: 'mysql',
      user: 'me',
      password: 'secret',
      host: 'db.example',
      port: 3307,
      socket: null,
      database: 'inspector',
      tls: { mode: 'off' },
      connectTimeout: 10_000,
      startupOptions: '',
      location: 'MySQL database "inspector" on db.example:3307',
    });
  });

  const places: [string, Partial<ServerAddress>][] = [
    ['mysql://db/x', { host: 'db', port: 3306, socket: null }],
    ['mysql:///x', { host: 'localhost', port: 3306, location: 'MySQL database "x" on localhost:3306' }],
    [
      'mysql://me@/x?unix_socket=/run/mysqld.sock',
      { host: '', socket: '/run/mysqld.sock', location: 'MySQL database "x" on /run/mysqld.sock' },
    ],
    ['postgresql://db/x', { host: 'db', port: 5432, socket: null }],
    ['postgresql://[::1]/x', { host: '::1', location: 'PostgreSQL database "x" on [::1]:5432' }],
    ['postgresql:///x', { host: '', socket: '/var/run/postgresql' }],
    ['postgresql:///x?host=/tmp/pg&port=5433', { host: '', socket: '/tmp/pg', port: 5433 }],
    ['postgresql://db/x?host=other', { host: 'other', socket: null }],
    [
      'postgresql://db/x?options=-csearch_path%3Da&connect_timeout=3',
      { startupOptions: '-csearch_path=a', connectTimeout: 3000 },
    ],
  ];
  for (const [connection, expected] of places) {
    it(`is found for ${connection}`, () => {
      const address = addressOf(connection);

      assert.deepEqual({ ...address, ...expected }, address);
    });
  }

  it('is spoken to without encryption through a socket of this machine', () => {
    assert.equal(addressOf('postgresql:///x').tls.mode, 'off');
    assert.equal(addressOf('postgresql://db/x').tls.mode, 'prefer');
    assert.equal(addressOf('mysql:///x?ssl_ca=/ca&unix_socket=/s').tls.mode, 'off');
  });

  it('gets a warning for each parameter that has no effect, with its name and without its value', () => {
    const log = recordingLogger();

    addressOf('mysql://db/x?charset=utf8&unknown=secret&sslmode=require', log);
    addressOf(
      'postgresql://db/x?sslmode=require&sslkey=/k&application_name=a&client_encoding=utf8&charset=u',
      log,
    );

    assert.deepEqual(log.lines, [
      'warning: [database]connection: the parameter "unknown" has no effect with mysql',
      'warning: [database]connection: the parameter "sslmode" has no effect with mysql',
      'warning: [database]connection: the parameter "charset" has no effect with postgresql',
    ]);
  });

  it('needs a database name', () => {
    for (const connection of ['mysql://me:secret@db', 'mysql://me:secret@db/']) {
      assert.throws(() => addressOf(connection), {
        kind: 'invalid',
        message:
          '[database]connection: expected a database name after the host, as in mysql://<host>/ironic_inspector',
      });
    }
  });

  for (const value of ['0', '-1', 'soon', '1.5', '']) {
    it(`cannot have "${value}" for a number`, () => {
      assert.throws(() => addressOf(`mysql://db/x?connect_timeout=${value}`), {
        kind: 'invalid',
        message: '[database]connection: expected a whole number above 0 for the parameter "connect_timeout"',
      });
    });
  }
});
