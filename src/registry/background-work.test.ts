import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { BackgroundWork } from './background-work.ts';

describe('BackgroundWork', () => {
  it('runs the work of a key one after the other, and that of others beside it', async () => {
    const background = new BackgroundWork(recordingLogger());
    const gate = Promise.withResolvers<void>();
    const order: string[] = [];

    background.start('a', async () => {
      await gate.promise;
      order.push('a1');
    });
    background.start('a', async () => void order.push('a2'));
    background.start('b', async () => void order.push('b'));
    await background.ended('b');
    gate.resolve();
    await background.idle();

    assert.deepEqual(order, ['b', 'a1', 'a2']);
  });

  it('logs what its work throws, and goes on', async () => {
    const log = recordingLogger();
    const background = new BackgroundWork(log);

    background.start('a', () => Promise.reject(new Error('boom')));
    await background.ended('a');
    await background.ended('a');

    assert.deepEqual(log.lines, ['error: Failed in the background (a): boom']);
  });

  it('waits for work that other work has started', async () => {
    const background = new BackgroundWork(recordingLogger());
    let done = false;
    background.start('a', async () => {
      background.start('b', async () => {
        done = true;
      });
    });

    await background.idle();

    assert.equal(done, true);
  });
});
