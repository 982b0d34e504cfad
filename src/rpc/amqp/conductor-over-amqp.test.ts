// Shows these lines of docs/compatibility.md: split-continue-patience.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { parseJsonObject } from '../../json/parse-json.ts';
import { CallLost, CallUndelivered } from './call-failures.ts';
import { conductorOverAmqp } from './conductor-over-amqp.ts';
import type { Call } from './rabbit-calls.ts';
import { writeResult } from './reply-message.ts';

const uuid = '11111111-2222-4333-8444-555555555555';

/** Conductors on the hosts `a` and `b`; the first that is tried is `a`. `answer` says what becomes of a call. */
function conductors(answer: (call: Call) => Promise<Buffer>) {
  const calls: Call[] = [];
  const log = recordingLogger();
  const api = conductorOverAmqp({
    calls: {
      call(call) {
        calls.push(call);
        return answer(call);
      },
    },
    conductors: { hosts: async () => ['a', 'b'] },
    responseTimeout: 60,
    log,
    random: () => 0,
  });
  return { api, calls, log };
}

describe('conductors of other processes', () => {
  it('have five times as long for what a ramdisk sent as for other calls', async () => {
    const { api, calls } = conductors(async () => Buffer.from(writeResult({ uuid })));

    await api.start(uuid, { manageBoot: true });
    const answer = await api.continue(parseJsonObject(Buffer.from('{}')));

    assert.deepEqual(
      calls.map(({ patience }) => patience),
      [60, 300],
    );
    assert.deepEqual(answer, { uuid });
  });

  it('are passed over when they cannot be reached', async () => {
    const { api, calls, log } = conductors(async ({ host }) => {
      if (host === 'a') throw new CallUndelivered('no such queue');
      return Buffer.from(writeResult(null));
    });

    await api.abort(uuid);

    assert.deepEqual(
      calls.map(({ host }) => host),
      ['a', 'b'],
    );
    assert.deepEqual(log.at('warning'), ['The conductor on a cannot be called: no such queue']);
  });

  it('are unavailable when none can be reached', async () => {
    const { api } = conductors(async () => {
      throw new CallUndelivered('no such queue');
    });

    await assert.rejects(api.abort(uuid), {
      kind: 'unavailable',
      message: 'No available conductor service',
    });
  });

  it('are not asked again for what one of them may have begun', async () => {
    const { api, calls } = conductors(async () => {
      throw new CallLost('it has gone');
    });

    await assert.rejects(api.abort(uuid), {
      kind: 'unavailable',
      message: 'The conductor on a did not answer: it has gone',
    });
    assert.equal(calls.length, 1);
  });
});
