import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { silentLogger } from '../../logging/logger.ts';
import { type PeriodicTask, startPeriodicTasks } from './periodic-task.ts';

/** Lets everything happen that waits for nothing but its turn. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Moves time on, and lets what is due run. */
function withTimers(test: TestContext) {
  test.mock.timers.enable({ apis: ['setTimeout'] });
  return async (seconds: number) => {
    test.mock.timers.tick(seconds * 1000);
    await settle();
  };
}

function countingTask(everySeconds: number, run: () => Promise<void> = async () => {}) {
  const task = { name: `every ${everySeconds}`, everySeconds, runs: 0 };
  return Object.assign(task, {
    async run() {
      task.runs++;
      await run();
    },
  }) satisfies PeriodicTask;
}

describe('periodic tasks', () => {
  it('run first after one period, and then after each', async (test) => {
    const pass = withTimers(test);
    const task = countingTask(60);
    startPeriodicTasks([task], silentLogger());

    const runs: number[] = [];
    for (const seconds of [59, 1, 59, 1, 60]) {
      await pass(seconds);
      runs.push(task.runs);
    }

    assert.deepEqual(runs, [0, 1, 1, 2, 3]);
  });

  it('run each in its own time', async (test) => {
    const pass = withTimers(test);
    const quick = countingTask(10);
    const slow = countingTask(30);
    startPeriodicTasks([quick, slow], silentLogger());

    for (let n = 0; n < 6; n++) await pass(10);

    assert.deepEqual([quick.runs, slow.runs], [6, 2]);
  });

  for (const everySeconds of [0, -1]) {
    it(`never run with a period of ${everySeconds}`, async (test) => {
      const pass = withTimers(test);
      const task = countingTask(everySeconds);
      startPeriodicTasks([task], silentLogger());

      await pass(100_000);

      assert.equal(task.runs, 0);
    });
  }

  it('do not run all the time when their period is longer than a timer takes', async (test) => {
    const longest = 2 ** 31 - 1;
    const delays: unknown[] = [];
    const { setTimeout: real } = globalThis;
    test.mock.method(globalThis, 'setTimeout', (run: () => void, delay: number) => {
      delays.push(delay);
      return real(run, delay);
    });

    const tasks = startPeriodicTasks([countingTask(315_576_000)], silentLogger());
    await tasks.stop();

    assert.deepEqual(delays, [longest]);
  });

  it('do not overlap: the period begins when a run has ended', async (test) => {
    const pass = withTimers(test);
    const { promise, resolve } = Promise.withResolvers<void>();
    const task = countingTask(10, () => promise);
    startPeriodicTasks([task], silentLogger());

    await pass(10);
    await pass(100);
    const runsMeanwhile = task.runs;
    resolve();
    await settle();
    await pass(10);

    assert.equal(runsMeanwhile, 1);
    assert.equal(task.runs, 2);
  });

  it('go on after a run that failed, which is logged', async (test) => {
    const pass = withTimers(test);
    const log = recordingLogger();
    const task = countingTask(10, async () => {
      throw new Error('database is gone');
    });
    startPeriodicTasks([task], log);

    await pass(10);
    await pass(10);

    assert.equal(task.runs, 2);
    assert.deepEqual(log.lines, Array(2).fill('error: Periodic task every 10 failed: database is gone'));
  });

  it('go on after a run that failed at once', async (test) => {
    const pass = withTimers(test);
    const log = recordingLogger();
    const run = () => {
      throw new Error('at once');
    };
    startPeriodicTasks([{ name: 't', everySeconds: 1, run }], log);

    await pass(1);
    await pass(1);

    assert.equal(log.at('error').length, 2);
  });

  it('stop: no more runs', async (test) => {
    const pass = withTimers(test);
    const task = countingTask(10);
    const tasks = startPeriodicTasks([task, countingTask(0)], silentLogger());
    await pass(10);

    await tasks.stop();
    await pass(100);

    assert.equal(task.runs, 1);
  });

  it('stop when the run that is under way has ended, and do not begin another', async (test) => {
    const pass = withTimers(test);
    const { promise, resolve } = Promise.withResolvers<void>();
    const task = countingTask(10, () => promise);
    const tasks = startPeriodicTasks([task], silentLogger());
    await pass(10);
    let stopped = false;

    const stopping = tasks.stop().then(() => (stopped = true));
    await settle();
    const stoppedEarly = stopped;
    resolve();
    await stopping;
    await pass(100);

    assert.equal(stoppedEarly, false);
    assert.equal(task.runs, 1);
  });
});
