import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Interrupted, listenForInterruption } from './interruption.ts';

function listening() {
  const signals = new EventEmitter();
  const told: string[] = [];
  return { signals, told, ...listenForInterruption({ signals, tell: (text) => void told.push(text) }) };
}

describe('listenForInterruption', () => {
  for (const [name, exitCode] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    it(`ends the work on ${name}, with exit code ${exitCode}`, async () => {
      const { signals, signal, orWork } = listening();

      const work = orWork(wait(60_000, undefined, { signal }));
      signals.emit(name);

      await assert.rejects(work, { name: 'Interrupted', message: `Interrupted by ${name}`, exitCode });
      assert.ok(signal.reason instanceof Interrupted);
    });
  }

  it('lets the work be when nothing comes', async () => {
    const { orWork, signals, end } = listening();

    assert.equal(await orWork(Promise.resolve('done')), 'done');
    await assert.rejects(orWork(Promise.reject(new Error('failed'))), /failed/);
    end();
    assert.deepEqual(signals.eventNames(), []);
  });

  it('ends what is begun after it as well', async () => {
    const { orWork, signals } = listening();
    signals.emit('SIGINT');

    await wait(1);

    await assert.rejects(orWork(wait(60_000, undefined, { ref: false })), Interrupted);
  });

  it('asks for patience when it comes again', () => {
    const { signals, told } = listening();

    signals.emit('SIGINT');
    signals.emit('SIGINT');

    assert.deepEqual(told, ['The service is being stopped already\n']);
  });
});
