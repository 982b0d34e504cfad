import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DatabaseUnavailable } from '../../errors/database-unavailable.ts';
import { repeatUndone, UndoneWithOthers } from './undone-with-others.ts';

describe('what was undone with others', () => {
  it('runs again', async () => {
    const failures = [new UndoneWithOthers(new Error('first')), new UndoneWithOthers(new Error('second'))];

    const result = await repeatUndone(async () => {
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
      return 7;
    });

    assert.equal(result, 7);
  });

  it('is given up after three runs, with what befell the others', async () => {
    let runs = 0;
    const cause = new Error('FOREIGN KEY constraint failed');

    const failing = repeatUndone(async () => {
      runs += 1;
      throw new UndoneWithOthers(cause);
    });

    await assert.rejects(failing, {
      kind: 'unavailable',
      message: 'FOREIGN KEY constraint failed. Try again',
      cause,
    });
    assert.equal(runs, 3);
  });

  it('says what to do as the cause does', () => {
    const cause = new DatabaseUnavailable('The disk is full. Make room');

    assert.equal(new UndoneWithOthers(cause).message, 'The disk is full. Make room');
  });

  it('is not what fails by itself', async () => {
    const failure = new Error('no');
    let runs = 0;

    const failing = repeatUndone(async () => {
      runs += 1;
      throw failure;
    });

    await assert.rejects(failing, (error) => error === failure);
    assert.equal(runs, 1);
  });
});
