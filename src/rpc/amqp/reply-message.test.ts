// Shows these lines of docs/compatibility.md: split-errors-kept.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DatabaseUnavailable } from '../../errors/database-unavailable.ts';
import { type ErrorKind, InspectorError } from '../../errors/inspector-error.ts';
import { readReply, writeFailure, writeResult } from './reply-message.ts';

const kinds: readonly ErrorKind[] = [
  'invalid',
  'not-found',
  'conflict',
  'forbidden',
  'too-large',
  'too-slow',
  'not-acceptable',
  'unavailable',
  'internal',
];

describe('a reply on its way', () => {
  it('keeps the result', () => {
    assert.equal(readReply(writeResult(null)), null);
    assert.deepEqual(readReply(writeResult({ uuid: 'u' })), { uuid: 'u' });
  });

  for (const kind of kinds) {
    it(`keeps kind and message of ${kind}`, () => {
      const thrown = new InspectorError(kind, 'Ein Knöten ist "weg"\n');

      assert.throws(() => readReply(writeFailure(thrown)), {
        name: 'InspectorError',
        kind,
        message: thrown.message,
      });
    });
  }

  it('has the status for other readers', () => {
    const text = writeFailure(new DatabaseUnavailable('gone'));

    assert.deepEqual(JSON.parse(text), { error: { kind: 'unavailable', status: 503, message: 'gone' } });
  });

  it('keeps name and message of a bug', () => {
    const found = () => readReply(writeFailure(new TypeError('x is not a function')));

    assert.throws(found, (error) => !(error instanceof InspectorError));
    assert.throws(found, { name: 'TypeError', message: 'x is not a function' });
  });

  it('goes by the status of a kind that it does not know', () => {
    const failure = (kind: string, status: number) => () =>
      readReply(JSON.stringify({ error: { kind, status, message: 'm' } }));

    assert.throws(failure('later', 503), { kind: 'unavailable', message: 'm' });
    assert.throws(failure('later', 418), { kind: 'invalid', message: 'm' });
    assert.throws(failure('__proto__', 500), { name: 'Error', message: 'm' });
    assert.throws(() => readReply('{"error":{}}'), /did not say why/);
  });

  for (const text of ['', 'x', 'null', '1', '{}', '{"result":1}', '{"result":{"uuid":1}}', '[]']) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.throws(() => readReply(text), { kind: 'internal', message: /does not understand the answer/ });
    });
  }
});
