import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../testing/recording-logger.ts';
import type { HttpAnswer, HttpRequest } from './http-transport.ts';
import { NoAnswer } from './no-answer.ts';
import { type RetryPolicy, retryAfter, retryingTransport } from './retrying-transport.ts';

const policy: RetryPolicy = {
  connectRetries: 3,
  connectRetryDelay: null,
  statusCodeRetries: 3,
  statusCodeRetryDelay: null,
  statusCodes: [503, 409],
};

const get: HttpRequest = { method: 'GET', url: 'http://user:pw@x/a?token=t' };

function answer(status: number, headers: Record<string, string> = {}): HttpAnswer {
  return { status, headers, body: Buffer.alloc(0) };
}

function noAnswer(code: string): NoAnswer {
  return new NoAnswer('GET http://x', Object.assign(new Error('broken'), { code }));
}

/** A transport that gives these one after the other, and what waiting was asked for, in milliseconds. */
function transportWith(outcomes: (HttpAnswer | Error)[], changes: Partial<RetryPolicy> = {}, random = 1) {
  const waits: number[] = [];
  const log = recordingLogger();
  let closed = false;
  const inner = {
    async send() {
      const next = outcomes.shift();
      if (next === undefined) throw new Error('asked too often');
      if (next instanceof Error) throw next;
      return next;
    },
    close: async () => void (closed = true),
  };
  const transport = retryingTransport(
    inner,
    { ...policy, ...changes },
    {
      now: () => new Date('2026-11-22T12:00:00Z'),
      wait: async (milliseconds) => void waits.push(milliseconds),
      random: () => random,
      log,
    },
  );
  return { transport, waits, log, isClosed: () => closed };
}

describe('retryingTransport', () => {
  it('sends again after a failed connection, waiting twice as long each time', async () => {
    const { transport, waits, log } = transportWith([
      noAnswer('ECONNREFUSED'),
      noAnswer('ECONNRESET'),
      noAnswer('UND_ERR_HEADERS_TIMEOUT'),
      answer(200),
    ]);

    const { status } = await transport.send(get);

    assert.equal(status, 200);
    assert.deepEqual(waits, [500, 1000, 2000]);
    assert.match(
      log.lines[0] ?? '',
      /^info: GET http:\/\/x failed: broken \(ECONNREFUSED\); trying again in 0\.5 s$/,
    );
  });

  it('says so in the log of who asks, where that is given', async () => {
    const { transport, log } = transportWith([noAnswer('EPIPE'), answer(200)]);
    const own = recordingLogger();

    await transport.send({ ...get, log: own.child('[node: 1]') });

    assert.deepEqual(log.lines, []);
    assert.match(own.lines.join(), /^info: \[node: 1\] GET http:\/\/x failed: .*trying again/);
  });

  it('waits between a half and the whole of that', async () => {
    const { transport, waits } = transportWith([noAnswer('EPIPE'), noAnswer('EPIPE'), answer(200)], {}, 0);

    await transport.send(get);

    assert.deepEqual(waits, [250, 500]);
  });

  it('waits no longer than a minute', async () => {
    const outcomes = Array.from({ length: 9 }, () => noAnswer('ECONNREFUSED'));
    const { transport, waits } = transportWith([...outcomes, answer(200)], { connectRetries: 9 });

    await transport.send(get);

    assert.deepEqual(waits.slice(-2), [60_000, 60_000]);
  });

  it('gives up after as many tries as configured', async () => {
    const { transport, waits } = transportWith([noAnswer('EPIPE'), noAnswer('ENOTFOUND')], {
      connectRetries: 1,
      connectRetryDelay: 7,
    });

    await assert.rejects(transport.send(get), {
      name: 'NoAnswer',
      kind: 'unavailable',
      message: /ENOTFOUND/,
    });
    assert.deepEqual(waits, [7000]);
  });

  it('does not try again what another try will not mend', async () => {
    const { transport } = transportWith([noAnswer('DEPTH_ZERO_SELF_SIGNED_CERT')]);

    await assert.rejects(transport.send(get), /DEPTH_ZERO_SELF_SIGNED_CERT/);
  });

  it('throws on what is no lack of an answer', async () => {
    const { transport } = transportWith([new TypeError('a bug')]);

    await assert.rejects(transport.send(get), TypeError);
  });

  it('sends a POST again only when it cannot have arrived, or may be repeated', async () => {
    const post = { ...get, method: 'POST' } as const;
    const lost = transportWith([noAnswer('ECONNRESET')]);
    const refused = transportWith([noAnswer('ECONNREFUSED'), answer(201)]);
    const repeatable = transportWith([noAnswer('ECONNRESET'), answer(201)]);

    await assert.rejects(lost.transport.send(post), /ECONNRESET/);
    assert.equal((await refused.transport.send(post)).status, 201);
    assert.equal((await repeatable.transport.send({ ...post, isRepeatable: true })).status, 201);
  });

  it('sends again after the codes of the policy, and gives the last answer', async () => {
    const { transport, waits, log } = transportWith([answer(503), answer(409), answer(503), answer(503)]);

    const { status } = await transport.send(get);

    assert.equal(status, 503);
    assert.deepEqual(waits, [500, 1000, 2000]);
    assert.match(log.lines[0] ?? '', /^info: GET http:\/\/x\/a answered 503; trying again/);
  });

  it('waits as Retry-After says, whatever the options say', async () => {
    const { transport, waits } = transportWith(
      [answer(503, { 'retry-after': '3' }), answer(503, { 'retry-after': 'soon' }), answer(200)],
      { statusCodeRetryDelay: 1.5 },
    );

    await transport.send(get);

    assert.deepEqual(waits, [3000, 1500]);
  });

  it('gives any other answer at once', async () => {
    const { transport } = transportWith([answer(500)]);

    assert.equal((await transport.send(get)).status, 500);
  });

  it('closes what it is over', async () => {
    const { transport, isClosed } = transportWith([]);

    await transport.close();

    assert.ok(isClosed());
  });
});

describe('retryAfter', () => {
  const now = new Date('2026-11-22T12:00:00Z');
  const cases: readonly (readonly [string | undefined, number | undefined])[] = [
    [undefined, undefined],
    ['', undefined],
    ['10', 10_000],
    ['100000', 60_000],
    ['Sun, 22 Nov 2026 12:00:05 GMT', 5000],
    ['Sun, 22 Nov 2026 11:00:00 GMT', 0],
  ];
  for (const [header, expected] of cases) {
    it(`reads ${header} as ${expected} ms`, () => assert.equal(retryAfter(header, now), expected));
  }
});
