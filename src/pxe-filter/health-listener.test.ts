import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import { FilterHealth } from './filter-health.ts';
import { healthListener } from './health-listener.ts';

const { now: health } = new FilterHealth('fake', { clock: settableClock(), log: recordingLogger() });

describe('writing down the health', () => {
  it('writes the first and the last of what it is told meanwhile', async () => {
    const saved: number[] = [];
    const listener = healthListener(async ({ applies }) => void saved.push(applies), recordingLogger());

    for (const applies of [1, 2, 3]) listener.tell({ ...health, applies });
    await listener.settled();
    listener.tell({ ...health, applies: 4 });
    await listener.settled();

    assert.deepEqual(saved, [1, 3, 4]);
  });

  it('goes on after a failure, which the log tells', async () => {
    const log = recordingLogger();
    const answers = [() => Promise.reject(new Error('no database')), async () => {}];
    const listener = healthListener(async () => answers.shift()?.(), log);

    listener.tell(health);
    await listener.settled();
    listener.tell(health);
    await listener.settled();

    assert.deepEqual(log.lines, [
      'warning: The state of the PXE filter could not be written down: no database',
    ]);
    assert.equal(answers.length, 0);
  });

  it('is settled when it was told nothing', async () => {
    await healthListener(async () => {}, recordingLogger()).settled();
  });
});
