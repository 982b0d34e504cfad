import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { silentLogger } from '../logging/logger.ts';
import { parseConnectionUrl } from './connection-url.ts';
import { sqlitePath } from './sqlite-path.ts';

const pathOf = (connection: string, log = silentLogger()) => sqlitePath(parseConnectionUrl(connection), log);

describe('the file of a connection to SQLite', () => {
  const files = [
    ['sqlite:///a/b.sqlite', 'a/b.sqlite'],
    ['sqlite:////a/b.sqlite', '/a/b.sqlite'],
    ['sqlite://', ':memory:'],
    ['sqlite:///', ':memory:'],
    ['sqlite:///:memory:', ':memory:'],
  ] as const;
  for (const [connection, file] of files) {
    it(`is ${file} for ${connection}`, () => {
      assert.deepEqual(pathOf(connection), { file, busyTimeout: 10_000 });
    });
  }

  for (const connection of ['sqlite://var/lib/x', 'sqlite://me@/x', 'sqlite://:7/x']) {
    it(`is not after two slashes: ${connection}`, () => {
      assert.throws(() => pathOf(connection), {
        kind: 'invalid',
        message:
          '[database]connection: expected sqlite:///relative/path or sqlite:////absolute/path, got two slashes',
      });
    });
  }

  it('is waited for as long as the parameter timeout says, in seconds', () => {
    assert.equal(pathOf('sqlite:///x?timeout=2.5').busyTimeout, 2500);
    assert.equal(pathOf('sqlite:///x?timeout=later').busyTimeout, 10_000);
  });

  it('gets a warning for each other parameter', () => {
    const log = recordingLogger();

    pathOf('sqlite:///x?timeout=1&cache=shared', log);

    assert.deepEqual(log.lines, [
      'warning: [database]connection: the parameter "cache" has no effect on SQLite',
    ]);
  });
});
