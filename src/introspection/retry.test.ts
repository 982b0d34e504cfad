// Shows these lines of docs/compatibility.md: ironic-retries.
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { retried } from './retry.ts';

/** A call that always fails, after so many milliseconds of a clock that the test moves. */
function failing(takes: number, t: TestContext) {
  const calls = { made: 0 };
  t.mock.method(performance, 'now', () => calls.made * takes);
  const call = async () => {
    calls.made += 1;
    throw new Error('locked');
  };
  return { calls, call };
}

describe('a call that the bare metal service may refuse for the moment', () => {
  it('is made five times', async (t) => {
    const { calls, call } = failing(100, t);
    const log = recordingLogger();

    await assert.rejects(retried('Rebooting', call, { interval: 0, log }), { message: 'locked' });

    assert.equal(calls.made, 5);
    assert.equal(log.at('warning')[0], 'Rebooting failed, attempt 1 of 5: locked');
  });

  it('is not made again when the client of the service has tried for long already', async (t) => {
    const { calls, call } = failing(60_000, t);

    await assert.rejects(retried('Rebooting', call, { interval: 0, log: recordingLogger() }));

    assert.equal(calls.made, 1);
  });
});
