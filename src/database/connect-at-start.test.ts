import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fakePacing } from '../../testing/fake-pacing.ts';
import { fakeServerEngine, serverError } from '../../testing/fake-server-engine.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { connectAtStart } from './connect-at-start.ts';

function start(failures: unknown[], options: { max_retries?: number; retry_interval?: number } = {}) {
  const log = recordingLogger();
  const pacing = fakePacing();
  const connected = connectAtStart(
    async () => {
      if (failures.length > 0) throw failures.shift();
    },
    fakeServerEngine(),
    { max_retries: 10, retry_interval: 10, ...options },
    { log, pacing },
  );
  return { connected, log, pacing };
}

const refused = () => serverError('ECONNREFUSED', 'connect ECONNREFUSED 10.0.0.1:5432');

describe('connecting at start', () => {
  it('waits for a server that comes up later, with a line for each try', async () => {
    const { connected, log, pacing } = start([
      refused(),
      serverError('57P03', 'the database system is starting up.'),
    ]);

    await connected;

    assert.deepEqual(pacing.waits, [10_000, 10_000]);
    assert.deepEqual(log.lines, [
      'warning: SQL connection failed: connect ECONNREFUSED 10.0.0.1:5432. 9 attempts left for the PostgreSQL database "inspector" on db:5432',
      'warning: SQL connection failed: the database system is starting up. 8 attempts left for the PostgreSQL database "inspector" on db:5432',
    ]);
  });

  it('gives up after max_retries', async () => {
    const { connected, pacing } = start([refused(), refused(), refused()], {
      max_retries: 3,
      retry_interval: 1,
    });

    await assert.rejects(connected, {
      kind: 'unavailable',
      message:
        'Cannot connect to the PostgreSQL database "inspector" on db:5432: connect ECONNREFUSED 10.0.0.1:5432. ' +
        'Check that the server runs, and [database]connection',
    });
    assert.deepEqual(pacing.waits, [1000, 1000]);
  });

  it('tries at least once', async () => {
    await assert.rejects(start([refused()], { max_retries: 0 }).connected, { kind: 'unavailable' });
    await start([], { max_retries: 0 }).connected;
  });

  it('never gives up for -1', async () => {
    const { connected, log } = start(Array.from({ length: 50 }, refused), { max_retries: -1 });

    await connected;

    assert.equal(log.lines.length, 50);
    assert.match(log.lines[49] ?? '', /infinite attempts left/);
  });

  for (const [code, what] of [
    ['28P01', 'a wrong password'],
    ['3D000', 'an unknown database'],
    ['42501', 'a missing permission'],
  ] as const) {
    it(`does not wait when there is ${what}`, async () => {
      const { connected, pacing } = start([serverError(code)]);

      await assert.rejects(connected, { kind: 'unavailable', message: /\[database\]connection/ });
      assert.deepEqual(pacing.waits, []);
    });
  }

  it('does not wait when it is not known what is wrong', async () => {
    const { connected, pacing } = start([new Error('self-signed certificate')]);

    await assert.rejects(connected, { message: /^Cannot connect to .*: self-signed certificate\. / });
    assert.deepEqual(pacing.waits, []);
  });
});
