import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { ProcessLocks } from './process-locks.ts';

const busy = { name: 'InspectorError', kind: 'conflict', message: 'Node is locked, please, retry later' };

/** Lets everything happen that waits for nothing but its turn. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

function withTimers(test: TestContext): (milliseconds: number) => void {
  test.mock.timers.enable({ apis: ['setTimeout'] });
  return (milliseconds) => test.mock.timers.tick(milliseconds);
}

describe('tryAcquire', () => {
  it('gives a free node to one worker only', () => {
    const locks = new ProcessLocks();

    const release = locks.tryAcquire('a');

    assert.equal(typeof release, 'function');
    assert.equal(locks.tryAcquire('a'), undefined);
  });

  it('holds each node by itself', () => {
    const locks = new ProcessLocks();
    locks.tryAcquire('a');

    assert.ok(locks.tryAcquire('b'));
  });

  it('gives the node again once it is given back', () => {
    const locks = new ProcessLocks();
    locks.tryAcquire('a')?.();

    assert.ok(locks.tryAcquire('a'));
  });

  it('does not overtake those who wait', async () => {
    const locks = new ProcessLocks();
    const release = locks.tryAcquire('a');
    const waiting = locks.acquire('a', 60_000);

    release?.();

    assert.equal(locks.tryAcquire('a'), undefined);
    (await waiting)();
    assert.ok(locks.tryAcquire('a'));
  });
});

describe('acquire', () => {
  it('does not wait for a free node', async () => {
    const locks = new ProcessLocks();

    await locks.acquire('a', 0);

    assert.equal(locks.tryAcquire('a'), undefined);
  });

  it('serves those who wait in order of arrival, one at a time', async () => {
    const locks = new ProcessLocks();
    const served: number[] = [];
    let holders = 0;
    const work = async (n: number) => {
      const release = await locks.acquire('a', 60_000);
      holders++;
      assert.equal(holders, 1);
      served.push(n);
      await settle();
      holders--;
      release();
    };

    await Promise.all([1, 2, 3, 4, 5].map(work));

    assert.deepEqual(served, [1, 2, 3, 4, 5]);
    assert.ok(locks.tryAcquire('a'));
  });

  it('is a conflict when the time is over', async (test) => {
    const tick = withTimers(test);
    const locks = new ProcessLocks();
    locks.tryAcquire('a');

    const waiting = locks.acquire('a', 1_000);
    tick(1_000);

    await assert.rejects(waiting, busy);
  });

  it('waits until then', async (test) => {
    const tick = withTimers(test);
    const locks = new ProcessLocks();
    const release = locks.tryAcquire('a');

    const waiting = locks.acquire('a', 1_000);
    tick(999);
    release?.();

    assert.equal(typeof (await waiting), 'function');
  });

  it('takes who has given up out of the row', async (test) => {
    const tick = withTimers(test);
    const locks = new ProcessLocks();
    const release = locks.tryAcquire('a');
    const impatient = locks.acquire('a', 1_000);
    const patient = locks.acquire('a', 60_000);

    tick(1_000);
    await assert.rejects(impatient, busy);
    release?.();
    const held = await patient;
    held();

    assert.ok(locks.tryAcquire('a'));
  });

  it('keeps the node for who got it in the very moment in which the time was over', async (test) => {
    const tick = withTimers(test);
    const locks = new ProcessLocks();
    const release = locks.tryAcquire('a');
    const first = locks.acquire('a', 1_000);
    const second = locks.acquire('a', 60_000);

    release?.();
    tick(1_000);

    const held = await first;
    assert.equal(locks.tryAcquire('a'), undefined);
    held();
    (await second)();
    assert.ok(locks.tryAcquire('a'));
  });

  it('leaves no timer behind when it was served', async (test) => {
    const tick = withTimers(test);
    const locks = new ProcessLocks();
    const release = locks.tryAcquire('a');
    const waiting = locks.acquire('a', 1_000);
    release?.();
    const held = await waiting;

    tick(10_000);

    assert.equal(locks.tryAcquire('a'), undefined);
    held();
  });
});

describe('release', () => {
  it('does nothing the second time, even when somebody else holds the node by then', async () => {
    const locks = new ProcessLocks();
    const first = locks.tryAcquire('a');
    const second = locks.acquire('a', 60_000);
    const third = locks.acquire('a', 60_000);
    let thirdServed = false;
    void third.then(() => (thirdServed = true));

    first?.();
    const held = await second;
    first?.();
    first?.();
    await settle();

    assert.equal(thirdServed, false);
    held();
    (await third)();
    assert.ok(locks.tryAcquire('a'));
  });

  it('turns further callers away while many wait', async () => {
    const locks = new ProcessLocks();
    const release = locks.tryAcquire('n');
    const waiting = Array.from({ length: 4 }, () => locks.acquire('n', 1000));

    await assert.rejects(locks.acquire('n', 1000), { kind: 'conflict' });
    release?.();
    for (const next of waiting) (await next)();

    assert.notEqual(locks.tryAcquire('n'), undefined);
  });
});
