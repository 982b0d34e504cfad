import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { serverError } from '../../../testing/fake-server-engine.ts';
import { refusedValue } from './refused-value.ts';

const mysql = (errno: number, message: string) => Object.assign(new Error(message), { errno });

describe('refusedValue', () => {
  for (const [error, message] of [
    [serverError('22001', 'value too long for type character varying(36)'), /^A value .*: it is too long\. /],
    [
      serverError('22021', 'invalid byte sequence for encoding "UTF8": 0x00'),
      /^A value .*: it has a character /,
    ],
    [serverError('22003', 'integer out of range'), /^A value .*: the number is too large/],
    [mysql(1406, "Data too long for column 'uuid' at row 1"), /^The value of uuid .*: it is too long\. /],
    [
      mysql(1366, "Incorrect string value: '\\xF0\\x9F' for column `a`.`nodes`.`error` at row 1"),
      /^The value of error .*: it has a character /,
    ],
    [mysql(1267, "Illegal mix of collations for operation '='"), /^A value .*: it has a character /],
    [new Error('odd'), /^A value .*: the database refuses it\. /],
  ] as const) {
    it(`says what is wrong with it: ${error.message}`, () => {
      const refusal = refusedValue(error);

      assert.equal(refusal.kind, 'invalid');
      assert.equal(refusal.cause, error);
      assert.match(refusal.message, message);
      assert.doesNotMatch(refusal.message, /xF0|0x00/);
    });
  }
});
