import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fakePacing } from '../../../testing/fake-pacing.ts';
import { answerInTime } from './answer-in-time.ts';
import { networkFault } from './fault.ts';

describe('answerInTime', () => {
  it('gives the answer, or its error, of a server that answers', async () => {
    const failure = new Error('no such table');

    assert.equal(await answerInTime(Promise.resolve(7), 1_000, fakePacing()), 7);
    await assert.rejects(
      answerInTime(Promise.reject(failure), 1_000, fakePacing()),
      (error) => error === failure,
    );
  });

  it('takes a server that does not answer for lost, and lets its error go that comes later', async () => {
    const pacing = fakePacing();
    const { promise, reject } = Promise.withResolvers<never>();

    const waiting = answerInTime(promise, 1_000, pacing);
    pacing.advance(1_000);

    await assert.rejects(waiting, (error: Error) => {
      assert.equal(error.message, 'no answer within 1 s');
      assert.equal(networkFault(error), 'lost');
      return true;
    });
    reject(new Error('too late'));
    await new Promise((resolve) => setImmediate(resolve));
  });
});
