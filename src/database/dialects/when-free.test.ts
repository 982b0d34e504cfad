import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { whenFree } from './when-free.ts';

const busy = (code = 5) => Object.assign(new Error('database is locked'), { errcode: code });

describe('whenFree', () => {
  it('gives what the statement gives', async () => {
    assert.equal(await whenFree(() => 7, 0), 7);
  });

  it('tries again while another connection holds the database, extended codes included', async () => {
    const answers = [busy(), busy(261), busy(517)];
    let tries = 0;

    const result = await whenFree(() => {
      const error = answers[tries++];
      if (error !== undefined) throw error;
      return 'written';
    }, 5_000);

    assert.equal(result, 'written');
    assert.equal(tries, 4);
  });

  it('gives up after its time', async () => {
    const error = busy();

    const waiting = whenFree(() => {
      throw error;
    }, 20);

    await assert.rejects(waiting, {
      name: 'InspectorError',
      kind: 'unavailable',
      message:
        'The database was held by another connection for more than 0.02 seconds. Check that no other program keeps a transaction open on it',
      cause: error,
    });
  });

  it('throws every other error at once', async () => {
    for (const error of [busy(6), busy(1), new Error('no code')]) {
      let tries = 0;

      const failing = whenFree(() => {
        tries++;
        throw error;
      }, 5_000);

      await assert.rejects(failing, (thrown) => thrown === error);
      assert.equal(tries, 1);
    }
  });
});
