// Shows these lines of docs/compatibility.md: any-python-driver.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseConnectionUrl } from './connection-url.ts';

const nothing = { user: '', password: '', host: '', port: null, database: '', parameters: new Map() };

describe('a connection', () => {
  const schemes = [
    ['sqlite', 'sqlite'],
    ['sqlite+pysqlite', 'sqlite'],
    ['postgresql', 'postgresql'],
    ['postgresql+psycopg2', 'postgresql'],
    ['postgresql+asyncpg', 'postgresql'],
    ['postgres', 'postgresql'],
    ['mysql', 'mysql'],
    ['mysql+pymysql', 'mysql'],
    ['mysql+mysqldb', 'mysql'],
    ['mysql+mysqlconnector', 'mysql'],
    ['mariadb', 'mysql'],
    ['mariadb+pymysql', 'mysql'],
  ] as const;
  for (const [scheme, engine] of schemes) {
    it(`of type ${scheme} is for ${engine}`, () => {
      assert.deepEqual(parseConnectionUrl(`${scheme}://`), { ...nothing, engine });
    });
  }

  it('has all its parts', () => {
    assert.deepEqual(
      parseConnectionUrl('mysql+pymysql://me:secret@db.example:3307/inspector?charset=utf8&a=b%20c'),
      {
        engine: 'mysql',
        user: 'me',
        password: 'secret',
        host: 'db.example',
        port: 3307,
        database: 'inspector',
        parameters: new Map([
          ['charset', 'utf8'],
          ['a', 'b c'],
        ]),
      },
    );
  });

  const parts: [string, Record<string, unknown>][] = [
    ['postgresql://db/inspector', { host: 'db', database: 'inspector' }],
    ['postgresql:///inspector', { database: 'inspector' }],
    ['postgresql://me@/inspector', { user: 'me', database: 'inspector' }],
    ['postgresql://me:@db/inspector', { user: 'me', host: 'db', database: 'inspector' }],
    ['postgresql://[2001:db8::1]:5433/x', { host: '2001:db8::1', port: 5433, database: 'x' }],
    ['postgresql://[::1]/x', { host: '::1', database: 'x' }],
    ['postgresql://db:/x', { host: 'db', database: 'x' }],
  ];
  for (const [connection, expected] of parts) {
    it(`may leave parts out: ${connection}`, () => {
      assert.deepEqual(parseConnectionUrl(connection), { ...nothing, engine: 'postgresql', ...expected });
    });
  }

  const passwords = [
    ['p%40ss%3Aword%2F', 'p@ss:word/'],
    ['a:b/c', 'a:b/c'],
    ['100%sure', '100%sure'],
    ['%C3%A9%zz+', 'é%zz+'],
    ['50%25', '50%'],
  ] as const;
  for (const [written, meant] of passwords) {
    it(`decodes the password ${written}`, () => {
      const { user, password, host } = parseConnectionUrl(`postgresql://%61b:${written}@db/x`);

      assert.deepEqual({ user, password, host }, { user: 'ab', password: meant, host: 'db' });
    });
  }

  it('keeps the slash of an absolute path', () => {
    assert.equal(parseConnectionUrl('sqlite:////var/lib/a@b.sqlite').database, '/var/lib/a@b.sqlite');
    assert.equal(parseConnectionUrl('sqlite:///a.sqlite?timeout=3').database, 'a.sqlite');
  });

  it('has the parameters of connection_parameters besides its own', () => {
    const { parameters } = parseConnectionUrl('mysql://db/x?charset=utf8&a=1', 'a=2&b=3');

    assert.deepEqual(Object.fromEntries(parameters), { charset: 'utf8', a: '2', b: '3' });
  });
});

describe('what cannot be a connection', () => {
  const refused = [
    ['oracle://user:secret@host/db', 'oracle'],
    ['sqlitefoo:///x', 'sqlitefoo'],
    ['constructor://x', 'constructor'],
    ['+pymysql://user:secret@host', '+pymysql'],
    ['user:secret@host', 'unknown'],
    ['', 'unknown'],
  ] as const;
  for (const [connection, type] of refused) {
    it(`names the type ${type} and what is supported, and shows no password`, () => {
      assert.throws(() => parseConnectionUrl(connection), {
        name: 'InspectorError',
        kind: 'invalid',
        message:
          '[database]connection: expected sqlite:///<path> or mysql+pymysql://<user>:<password>@<host>:<port>/<database> ' +
          `or postgresql://<user>:<password>@<host>:<port>/<database>, got a connection of type "${type}"`,
      });
    });
  }

  for (const rest of [
    'me:se@cret@db/x',
    'me:secret@db:port/x',
    'me:secret@db:70000/x',
    'me:secret@db:1:2/x',
  ]) {
    it(`says how it is written, and shows no password: ${rest}`, () => {
      assert.throws(() => parseConnectionUrl(`mysql://${rest}`), {
        kind: 'invalid',
        message:
          '[database]connection: expected mysql+pymysql://<user>:<password>@<host>:<port>/<database>, got something else ' +
          'after the two slashes. In user and password, write special characters percent-encoded: @ is %40, : is %3A, ' +
          '/ is %2F, % is %25',
      });
    });
  }
});
