import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { ForeignHold } from './foreign-hold.ts';

const busy = (code = 5) => Object.assign(new Error('database is locked'), { errcode: code });

const held = () => {
  throw busy();
};

describe('a hold of another connection', () => {
  it('is nothing to a statement that succeeds', async () => {
    assert.equal(await new ForeignHold(0).outlast(() => 7, performance.now()), 7);
  });

  it('is outlasted by trying again, extended codes included', async () => {
    const answers = [busy(), busy(261), busy(517)];
    let tries = 0;

    const result = await new ForeignHold(5_000).outlast(() => {
      const error = answers[tries++];
      if (error !== undefined) throw error;
      return 'written';
    }, performance.now());

    assert.equal(result, 'written');
    assert.equal(tries, 4);
  });

  it('is given up after its time', async () => {
    const error = busy();

    const waiting = new ForeignHold(20).outlast(() => {
      throw error;
    }, performance.now());

    await assert.rejects(waiting, {
      name: 'InspectorError',
      kind: 'unavailable',
      message:
        'The database was held by another connection for more than 0.02 seconds. Check that no other program keeps a transaction open on it',
      cause: error,
    });
  });

  it('is given up at once by those who have waited behind another for all their time', async () => {
    const hold = new ForeignHold(60);
    const arrived = performance.now();
    await assert.rejects(hold.outlast(held, arrived));

    let tries = 0;
    const late = () => {
      tries++;
      return held();
    };
    await assert.rejects(hold.outlast(late, arrived));

    assert.equal(tries, 1);
  });

  it('is waited for by who stood behind other work before it began', async () => {
    const hold = new ForeignHold(60);
    const arrived = performance.now();
    await wait(80);
    await hold.outlast(() => 'a long transaction of ours', arrived);
    const answers = [busy()];

    const result = await hold.outlast(() => {
      const error = answers.pop();
      if (error !== undefined) throw error;
      return 'written';
    }, arrived);

    assert.equal(result, 'written');
  });

  it('is no other error, which is thrown at once', async () => {
    for (const error of [busy(6), busy(1), new Error('no code')]) {
      let tries = 0;

      const failing = new ForeignHold(5_000).outlast(() => {
        tries++;
        throw error;
      }, performance.now());

      await assert.rejects(failing, (thrown) => thrown === error);
      assert.equal(tries, 1);
    }
  });
});
