import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { sqliteDialect } from './sqlite-dialect.ts';

describe('dates on SQLite', () => {
  it('are written with a space and six fraction digits', () => {
    assert.equal(sqliteDialect.encodeTimestamp('2026-11-22T13:36:35.999000'), '2026-11-22 13:36:35.999000');
  });

  const read: [unknown, string | null][] = [
    ['2026-11-22 13:36:35.999804', '2026-11-22T13:36:35.999804'],
    ['2026-11-22 13:36:35.000000', '2026-11-22T13:36:35.000000'],
    ['2026-11-22 13:36:35', '2026-11-22T13:36:35.000000'],
    ['2026-11-22 13:36:35.5', '2026-11-22T13:36:35.500000'],
    ['2026-11-22 13:36:35.123456789', '2026-11-22T13:36:35.123456'],
    ['2026-11-22T13:36:35.1', '2026-11-22T13:36:35.100000'],
    [null, null],
    [undefined, null],
    ['', null],
    ['yesterday', null],
    [1479822995, null],
  ];
  for (const [stored, timestamp] of read) {
    it(`are read from ${JSON.stringify(stored)} as ${timestamp}`, () => {
      assert.equal(sqliteDialect.decodeTimestamp(stored), timestamp);
    });
  }
});

describe('booleans on SQLite', () => {
  it('are 0 and 1', () => {
    assert.equal(sqliteDialect.encodeBoolean(true), 1);
    assert.equal(sqliteDialect.encodeBoolean(false), 0);
    assert.equal(sqliteDialect.decodeBoolean(1), true);
    assert.equal(sqliteDialect.decodeBoolean(0), false);
  });

  it('are unknown when NULL', () => {
    assert.equal(sqliteDialect.decodeBoolean(null), null);
    assert.equal(sqliteDialect.decodeBoolean(undefined), null);
  });
});

describe('isUniqueViolation', () => {
  const errorOf = (statement: string): unknown => {
    const database = new DatabaseSync(':memory:');
    database.exec('CREATE TABLE t (id VARCHAR(3) PRIMARY KEY, name TEXT UNIQUE NOT NULL)');
    database.exec(`INSERT INTO t VALUES ('a', 'b')`);
    try {
      database.exec(statement);
      return undefined;
    } catch (error) {
      return error;
    } finally {
      database.close();
    }
  };

  it('knows a second row of a primary key and of a unique column', () => {
    assert.equal(sqliteDialect.isUniqueViolation(errorOf(`INSERT INTO t VALUES ('a', 'c')`)), true);
    assert.equal(sqliteDialect.isUniqueViolation(errorOf(`INSERT INTO t VALUES ('c', 'b')`)), true);
  });

  it('is false for everything else', () => {
    assert.equal(sqliteDialect.isUniqueViolation(errorOf(`INSERT INTO t VALUES ('c', NULL)`)), false);
    assert.equal(sqliteDialect.isUniqueViolation(errorOf('SELECT nothing')), false);
    assert.equal(sqliteDialect.isUniqueViolation(new Error('2067')), false);
    assert.equal(sqliteDialect.isUniqueViolation('2067'), false);
  });
});
