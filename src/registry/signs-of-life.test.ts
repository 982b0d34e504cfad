import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { withSignsOfLife } from './signs-of-life.ts';

describe('signs of life', () => {
  it('are given while the work goes on, also after one that could not be given', async () => {
    const log = recordingLogger();
    const thirdSign = Promise.withResolvers<void>();
    let signs = 0;
    const sign = async () => {
      signs += 1;
      if (signs === 1) throw new Error('no database');
      if (signs === 3) thirdSign.resolve();
    };

    await withSignsOfLife(sign, () => thirdSign.promise, { every: 1, log });
    const atTheEnd = signs;
    await new Promise((resolve) => setTimeout(resolve, 10));

    assert.equal(signs, atTheEnd);
    assert.deepEqual(log.lines, ['debug: A sign of life was not given: no database']);
  });

  it('end with work that fails, and the failure is passed on', async () => {
    let signs = 0;
    const work = () => Promise.reject(new Error('boom'));
    const sign = async () => void (signs += 1);

    await assert.rejects(withSignsOfLife(sign, work, { every: 1, log: recordingLogger() }), /boom/);
    await new Promise((resolve) => setTimeout(resolve, 10));

    assert.equal(signs, 0);
  });
});
