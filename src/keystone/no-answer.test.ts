import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NoAnswer } from './no-answer.ts';

describe('NoAnswer', () => {
  it('looks into an error that stands for several addresses', () => {
    const refused = Object.assign(new Error(''), { code: 'ECONNREFUSED' });

    const error = new NoAnswer('GET http://x', new AggregateError([refused]));

    assert.deepEqual([error.mayPass, error.wasSent], [true, false]);
    assert.equal(error.message, 'GET http://x failed: ECONNREFUSED');
  });

  it('takes what it does not know as sent, and as no passing fault', () => {
    const error = new NoAnswer('GET http://x', 'thrown text');

    assert.deepEqual([error.mayPass, error.wasSent], [false, true]);
    assert.equal(error.message, 'GET http://x failed: thrown text');
    assert.equal(
      new NoAnswer('GET http://x', new Error('')).message,
      'GET http://x failed: no reason was given',
    );
  });
});
