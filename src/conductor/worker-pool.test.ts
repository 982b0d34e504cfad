import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { silentLogger } from '../logging/logger.ts';
import { WorkerPool } from './worker-pool.ts';

/** Lets everything happen that waits for nothing but its turn. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Work that a test ends when it likes. */
function controlled() {
  const begun: string[] = [];
  const ends = new Map<string, { resolve(): void; reject(error: unknown): void }>();
  const work = (name: string) => () => {
    begun.push(name);
    const { promise, ...end } = Promise.withResolvers<void>();
    ends.set(name, end);
    return promise;
  };
  return { begun, work, end: (name: string) => ends.get(name)?.resolve(), ends };
}

describe('WorkerPool', () => {
  it('begins work at once, as long as there is room', () => {
    const { begun, work } = controlled();
    const pool = new WorkerPool(2, silentLogger());

    pool.submit('a', work('a'));
    pool.submit('b', work('b'));
    pool.submit('c', work('c'));

    assert.deepEqual(begun, ['a', 'b']);
  });

  it('begins what waits in order of arrival, one for each that ends', async () => {
    const { begun, work, end } = controlled();
    const pool = new WorkerPool(2, silentLogger());
    for (const name of ['a', 'b', 'c', 'd', 'e']) pool.submit(name, work(name));

    end('b');
    await settle();
    const afterOne = [...begun];
    end('a');
    end('c');
    await settle();

    assert.deepEqual(afterOne, ['a', 'b', 'c']);
    assert.deepEqual(begun, ['a', 'b', 'c', 'd', 'e']);
  });

  it('never has more at once than its limit', async () => {
    const pool = new WorkerPool(3, silentLogger());
    let now = 0;
    let most = 0;
    for (let n = 0; n < 50; n++) {
      pool.submit(`work ${n}`, async () => {
        most = Math.max(most, ++now);
        await settle();
        now--;
      });
    }

    await pool.drain();

    assert.equal(most, 3);
    assert.equal(now, 0);
  });

  it('logs work that fails, and goes on with the next', async () => {
    const log = recordingLogger();
    const pool = new WorkerPool(1, log);
    let done = false;

    pool.submit('start of a', async () => {
      throw new Error('no power');
    });
    pool.submit('start of b', () => {
      throw new Error('not even a promise');
    });
    pool.submit('start of c', async () => void (done = true));
    await pool.drain();

    assert.equal(done, true);
    assert.deepEqual(log.lines, [
      'error: Background work failed (start of a): no power',
      'error: Background work failed (start of b): not even a promise',
    ]);
  });

  it("tells of it in the request's own log, where there is one", async () => {
    const [log, requestLog] = [recordingLogger(), recordingLogger()];
    const pool = new WorkerPool(1, log);

    pool.submit('start of a', () => Promise.reject(new Error('no power')), requestLog);
    await pool.drain();

    assert.deepEqual(log.lines, []);
    assert.deepEqual(requestLog.lines, ['error: Background work failed (start of a): no power']);
  });

  it('drains what runs and what waits', async () => {
    const { begun, work, end } = controlled();
    const pool = new WorkerPool(1, silentLogger());
    pool.submit('a', work('a'));
    pool.submit('b', work('b'));
    let drained = false;

    const draining = pool.drain().then(() => (drained = true));
    end('a');
    await settle();
    const drainedEarly = drained;
    end('b');
    await draining;

    assert.equal(drainedEarly, false);
    assert.deepEqual(begun, ['a', 'b']);
  });

  it('drains at once when there is nothing to do', async () => {
    await new WorkerPool(2, silentLogger()).drain();
  });

  it('takes no more work once it drains', async () => {
    const { begun, work, end } = controlled();
    const pool = new WorkerPool(2, silentLogger());
    pool.submit('a', work('a'));

    const draining = pool.drain();

    assert.throws(() => pool.submit('b', work('b')), {
      name: 'InspectorError',
      kind: 'unavailable',
      message: 'The service is stopping, try again later',
    });
    end('a');
    await draining;
    assert.deepEqual(begun, ['a']);
  });
});
