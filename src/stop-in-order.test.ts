import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { recordingLogger } from '../testing/recording-logger.ts';
import { drainSeconds, type StoppingPart, stopInOrder, stopPatience } from './stop-in-order.ts';

const patience = { all: 60_000, quiet: 60_000 };

/** Parts that take this many milliseconds each, and the order of what happened. */
function parts(...milliseconds: readonly number[]) {
  const seen: string[] = [];
  const list = milliseconds.map(
    (time, index): StoppingPart => ({
      waitsFor: `part ${index}`,
      async stop() {
        seen.push(`stop ${index}`);
        await wait(time);
        seen.push(`stopped ${index}`);
      },
    }),
  );
  return { seen, list };
}

describe('stopInOrder', () => {
  it('stops one part after the other, silently when they are quick', async () => {
    const { seen, list } = parts(5, 0, 2);
    const log = recordingLogger();

    assert.equal(await stopInOrder(list, log), true);
    assert.deepEqual(seen, ['stop 0', 'stopped 0', 'stop 1', 'stopped 1', 'stop 2', 'stopped 2']);
    assert.deepEqual(log.lines, []);
  });

  it('says what it waits for', async () => {
    const log = recordingLogger();

    await stopInOrder(parts(0, 30).list, log, { ...patience, quiet: 10 });

    assert.deepEqual(log.lines, ['info: Waiting for part 1']);
  });

  it('stops the others when one fails, and says so', async () => {
    const { seen, list } = parts(0, 0);
    const log = recordingLogger();
    const broken = {
      waitsFor: 'the broken one',
      stop: () => {
        throw new Error('no way');
      },
    };

    assert.equal(await stopInOrder([broken, ...list], log, patience), false);
    assert.deepEqual(seen, ['stop 0', 'stopped 0', 'stop 1', 'stopped 1']);
    assert.deepEqual(log.lines, ['error: Stopping, while waiting for the broken one: no way']);
  });

  it('gives up after a while', async () => {
    const { seen, list } = parts(100, 0);

    assert.equal(await stopInOrder(list, recordingLogger(), { ...patience, all: 10 }), false);
    assert.deepEqual(seen, ['stop 0']);
  });
});

describe('the time that a stop may take', () => {
  it('is that of graceful_shutdown_timeout, a third of it for open requests', () => {
    assert.deepEqual(stopPatience({ graceful_shutdown_timeout: 60 }), { all: 60_000, quiet: 1000 });
    assert.equal(drainSeconds({ graceful_shutdown_timeout: 60 }), 20);
  });

  it('has no limit at 0', async () => {
    const unlimited = { graceful_shutdown_timeout: 0 };

    assert.equal(stopPatience(unlimited).all, Number.POSITIVE_INFINITY);
    assert.equal(drainSeconds(unlimited), 0);
    assert.equal(await stopInOrder(parts(1).list, recordingLogger(), stopPatience(unlimited)), true);
  });
});
