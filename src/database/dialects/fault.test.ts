import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { serverError } from '../../../testing/fake-server-engine.ts';
import { DatabaseUnavailable } from '../../errors/database-unavailable.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import { type Fault, type FaultOf, faultError, LostConnection, reasonOf } from './fault.ts';
import { mysqlFaults } from './mysql-faults.ts';
import { postgresqlFaults } from './postgresql-faults.ts';
import { sqliteFaults } from './sqlite-faults.ts';

type Case = readonly [error: unknown, fault: Fault | null];

const mysql = (errno: number, message = 'failed') => Object.assign(new Error(message), { errno });
const sqlite = (errcode: number, message = 'failed') => Object.assign(new Error(message), { errcode });

const network: readonly Case[] = [
  ...['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN'].map(
    (code): Case => [serverError(code), 'lost'],
  ),
  [new Error('bug'), null],
  ['ECONNRESET', null],
  [undefined, null],
];

const engines: readonly (readonly [string, FaultOf, readonly Case[]])[] = [
  [
    'PostgreSQL',
    postgresqlFaults,
    [
      ...network,
      ...['57P01', '57P02', '57P03', '57P05', '25P03', '08000', '08006', '08P01'].map(
        (code): Case => [serverError(code), 'lost'],
      ),
      [new Error('Connection terminated unexpectedly'), 'lost'],
      [new Error('Client has encountered a connection error and is not queryable'), 'lost'],
      [new Error('Client was closed and is not queryable'), 'lost'],
      [new Error('timeout expired'), 'lost'],
      [new Error('There was an error establishing an SSL connection'), 'lost'],
      [serverError('23505'), 'unique'],
      [serverError('40001'), 'retryable'],
      [serverError('28P01'), 'refused'],
      [serverError('28000'), 'refused'],
      [serverError('3D000'), 'refused'],
      [serverError('53100'), 'disk-full'],
      [serverError('58030'), 'disk-error'],
      [serverError('XX001'), 'damaged'],
      [serverError('42501'), 'forbidden'],
      [serverError('42P01'), 'schema'],
      [serverError('42703'), 'schema'],
      [serverError('25006'), 'read-only'],
      [serverError('53300'), 'overloaded'],
      ...['22001', '22003', '22021'].map((code): Case => [serverError(code), 'refused-value']),
      [serverError('22P02'), null],
    ],
  ],
  [
    'MySQL',
    mysqlFaults,
    [
      ...network,
      ...[1047, 1053, 1927, 2006, 2013, 4031].map((number): Case => [mysql(number), 'lost']),
      [serverError('PROTOCOL_CONNECTION_LOST'), 'lost'],
      [Object.assign(new Error("Can't add new command"), { fatal: true }), 'lost'],
      [mysql(1062), 'unique'],
      [mysql(1213), 'retryable'],
      [mysql(1045), 'refused'],
      [mysql(1049), 'refused'],
      [serverError('HANDSHAKE_NO_SSL_SUPPORT'), 'refused'],
      [mysql(1021), 'disk-full'],
      [mysql(1114), 'disk-full'],
      [mysql(1030, 'Got error 28 "No space left on device" from storage engine InnoDB'), 'disk-full'],
      [mysql(3, 'Error writing file (Errcode: 28 "No space left on device")'), 'disk-full'],
      [mysql(1026, 'Error writing file (Errcode: 5 "Input/output error")'), 'disk-error'],
      [mysql(1712), 'damaged'],
      ...[1044, 1142, 1143, 1227].map((number): Case => [mysql(number), 'forbidden']),
      [mysql(1146), 'schema'],
      [mysql(1054), 'schema'],
      [mysql(1290), 'read-only'],
      [mysql(1836), 'read-only'],
      [mysql(1040), 'overloaded'],
      [mysql(1041), 'overloaded'],
      [mysql(1153), 'too-large'],
      ...[1264, 1267, 1366, 1406, 3988].map((number): Case => [mysql(number), 'refused-value']),
      [mysql(1064), null],
    ],
  ],
  [
    'SQLite',
    sqliteFaults,
    [
      [sqlite(1555), 'unique'],
      [sqlite(2067), 'unique'],
      [sqlite(1299), null],
      [sqlite(13), 'disk-full'],
      [sqlite(10), 'disk-error'],
      [sqlite(778), 'disk-error'],
      [sqlite(4874), 'disk-error'],
      [sqlite(11), 'damaged'],
      [sqlite(26), 'damaged'],
      [sqlite(8), 'forbidden'],
      [sqlite(1032), 'forbidden'],
      [sqlite(14), 'forbidden'],
      [sqlite(3), 'forbidden'],
      [sqlite(7), 'overloaded'],
      [sqlite(1, 'no such table: nodes'), 'schema'],
      [sqlite(1, 'no such column: nodes.state'), 'schema'],
      [sqlite(1, 'table nodes has no column named state'), 'schema'],
      [sqlite(1, 'near "SELEKT": syntax error'), null],
      [sqlite(5), null],
      [new Error('bug'), null],
      [undefined, null],
    ],
  ],
];

for (const [engine, faultOf, cases] of engines) {
  describe(`faults of ${engine}`, () => {
    for (const [error, fault] of cases) {
      const code = error instanceof Error ? JSON.stringify(error) : typeof error;
      it(`are ${fault} for ${code} ${reasonOf(error)}`, () => {
        assert.equal(faultOf(error), fault);
      });
    }
  });
}

describe('faultError', () => {
  const texts: readonly (readonly [Fault, RegExp])[] = [
    ['retryable', /^Others kept changing the same rows of the db: why\. Try again$/],
    ['lost', /^The connection was lost to the db: why\. It is made again by itself; /],
    ['refused', /^No access to the db: why\. Check user, password and database in \[database\]connection$/],
    ['disk-full', /^The disk is full under the db: why\. Make room; a restart is not needed$/],
    ['disk-error', /^The disk cannot be read or written under the db: why\. /],
    ['damaged', /^There is damage in the db: why\. Restore it from a backup$/],
    ['forbidden', /^A permission is missing on the db: why\. Give /],
    ['schema', /missing, or older than this version, in the db: why\. Run ironic-inspector-dbsync upgrade$/],
    ['read-only', /^There is no writing to the db: why\. Check /],
    ['overloaded', /^No connection or memory is left on the server of the db: why\. Lower /],
    ['too-large', /^A statement is too large for the db: why\. Raise max_allowed_packet on the server$/],
  ];
  for (const [fault, text] of texts) {
    it(`says what is wrong, why, and what to do: ${fault}`, () => {
      const cause = new Error('why.');

      const error = faultError(fault, cause, 'db');

      assert.ok(error instanceof InspectorError);
      assert.equal(error.kind, 'unavailable');
      assert.match(error.message, text);
      assert.equal(error.cause, cause);
      assert.equal(error instanceof DatabaseUnavailable, fault !== 'too-large');
      assert.equal(error instanceof LostConnection, fault === 'lost');
    });
  }

  it('leaves the fault to who sent a value that is refused', () => {
    const error = faultError('refused-value', serverError('22001'), 'db');

    assert.ok(error instanceof InspectorError);
    assert.equal(error.kind, 'invalid');
  });

  it('leaves alone what is no fault, a unique violation, and what says it already', () => {
    const bug = new Error('bug');
    const said = new DatabaseUnavailable('said');

    assert.equal(faultError(null, bug, 'db'), bug);
    assert.equal(faultError('unique', bug, 'db'), bug);
    assert.equal(faultError('lost', said, 'db'), said);
  });
});

describe('reasonOf', () => {
  it('names all addresses that were tried', () => {
    const error = new AggregateError([
      new Error('connect ECONNREFUSED ::1'),
      new Error('connect ECONNREFUSED 127.0.0.1'),
    ]);

    assert.equal(reasonOf(error), 'connect ECONNREFUSED ::1; connect ECONNREFUSED 127.0.0.1');
  });

  it('is never empty', () => {
    assert.equal(reasonOf(new Error('')), 'no reason given');
  });
});
