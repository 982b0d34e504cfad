import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { type Fault, fakeHttpService } from '../../testing/fake-http-service.ts';
import { type CallBack, callBack } from './call-back.ts';
import type { BrokenConnection } from './machine-link.ts';

const body = JSON.stringify({ inventory: 'x'.repeat(5000) });

async function posted(
  t: TestContext,
  given: { faults?: Fault[]; broken?: (BrokenConnection | undefined)[] } & Partial<CallBack>,
) {
  const { faults = [], broken = [], ...changes } = given;
  const service = await fakeHttpService(() => ({ status: 200, body: '{"uuid":"1"}' }));
  t.after(() => service.close());
  service.fail(...faults);
  const waits: number[] = [];
  const answers: (number | string)[] = [];
  const result = callBack({
    url: new URL('/v1/continue', service.url),
    body,
    from: '127.0.0.9',
    upload: 0,
    link: { losesPacket: () => false, losesConnection: () => broken.shift() },
    pace: { speed: 1, sleep: async (milliseconds) => void waits.push(milliseconds) },
    signal: new AbortController().signal,
    onAnswer: ({ status }) => void answers.push(status),
    ...changes,
  });
  return { result: await result, waits, answers, bodies: service.requests.map((request) => request.body) };
}

describe('callBack', () => {
  it('posts the document once where it is taken', async (t) => {
    const { result, answers, bodies } = await posted(t, {});

    assert.equal(result, 'accepted');
    assert.deepEqual([answers, bodies], [[200], [body]]);
  });

  it('tries again after 409, 5xx and lost connections, as long as the agent does', async (t) => {
    const faults: Fault[] = [{ status: 409 }, { status: 503 }, 'reset', { status: 500 }, { status: 500 }];

    const { result, waits, answers } = await posted(t, { faults });

    assert.equal(result, 'gave-up');
    assert.deepEqual(waits, [5000, 5000, 6000, 12_000]);
    assert.deepEqual(answers, [409, 503, 'none', 500, 500]);
  });

  it('takes any other answer as final', async (t) => {
    const { result, answers } = await posted(t, { faults: [{ status: 400, body: '{}' }] });

    assert.deepEqual([result, answers], ['refused', [400]]);
  });

  it('does not try again when the answer does not come in time', async (t) => {
    const { result, answers } = await posted(t, { faults: [{ late: 60_000 }], patience: 50 });

    assert.deepEqual([result, answers], ['gave-up', ['none']]);
  });

  it('loses connections before, in the middle and after, and what it sends is there once or twice', async (t) => {
    const { result, answers, bodies } = await posted(t, { broken: ['refused', 'cut', 'unanswered'] });

    assert.equal(result, 'accepted');
    assert.deepEqual(answers, ['none', 'none', 'none', 200]);
    assert.deepEqual(bodies.filter((one) => one === body).length, bodies.length);
    assert.ok(bodies.length <= 2);
  });

  it('lets a slow document trickle', async (t) => {
    const { result, waits, bodies } = await posted(t, { upload: 1000 });

    assert.equal(result, 'accepted');
    assert.deepEqual(waits, Array(10).fill(100));
    assert.deepEqual(bodies, [body]);
  });

  it('stops when the machine is switched off', async (t) => {
    const power = new AbortController();
    setTimeout(() => power.abort(), 30);

    await assert.rejects(posted(t, { faults: [{ late: 60_000 }], signal: power.signal }), {
      name: 'AbortError',
    });
  });
});
