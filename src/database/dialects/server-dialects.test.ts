// Shows these lines of docs/compatibility.md: mysql-whole-seconds.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { serverError } from '../../../testing/fake-server-engine.ts';
import { mysqlDialect } from './mysql-dialect.ts';
import { postgresqlDialect } from './postgresql-dialect.ts';

const timestamp = '2026-11-22T13:36:35.999804';

describe('dates on servers', () => {
  it('keep their microseconds on PostgreSQL', () => {
    assert.equal(postgresqlDialect.encodeTimestamp(timestamp), '2026-11-22 13:36:35.999804');
    assert.equal(postgresqlDialect.decodeTimestamp('2026-11-22 13:36:35.999804'), timestamp);
    assert.equal(postgresqlDialect.decodeTimestamp('2026-11-22 13:36:35.5'), '2026-11-22T13:36:35.500000');
    assert.equal(postgresqlDialect.decodeTimestamp(null), null);
  });

  it('are cut to whole seconds on MySQL', () => {
    assert.equal(mysqlDialect.encodeTimestamp(timestamp), '2026-11-22 13:36:35');
    assert.equal(mysqlDialect.decodeTimestamp('2026-11-22 13:36:35'), '2026-11-22T13:36:35.000000');
    assert.equal(mysqlDialect.decodeTimestamp('0000-00-00 00:00:00'), null);
  });
});

describe('booleans on servers', () => {
  it('are booleans on PostgreSQL, and 0 and 1 on MySQL', () => {
    assert.deepEqual(
      [true, false].map((value) => postgresqlDialect.encodeBoolean(value)),
      [true, false],
    );
    assert.deepEqual(
      [true, false].map((value) => mysqlDialect.encodeBoolean(value)),
      [1, 0],
    );
    for (const dialect of [postgresqlDialect, mysqlDialect]) {
      assert.deepEqual(
        [true, 1, false, 0, null].map((value) => dialect.decodeBoolean(value)),
        [true, true, false, false, null],
      );
    }
  });
});

describe('errors of servers', () => {
  const mysqlError = (errno: number) => Object.assign(new Error('failed'), { errno });

  it('are unique violations', () => {
    assert.equal(postgresqlDialect.isUniqueViolation(serverError('23505')), true);
    assert.equal(postgresqlDialect.isUniqueViolation(serverError('23502')), false);
    assert.equal(mysqlDialect.isUniqueViolation(mysqlError(1062)), true);
    assert.equal(mysqlDialect.isUniqueViolation(mysqlError(1048)), false);
  });
});
