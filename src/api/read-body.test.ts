import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { bodyReader } from './read-body.ts';

function message(headers: Record<string, string> = {}): PassThrough & IncomingMessage {
  return Object.assign(new PassThrough(), { headers }) as unknown as PassThrough & IncomingMessage;
}

const tooLarge = {
  kind: 'too-large',
  message: 'Request body too large: expected at most 10 bytes ([DEFAULT]max_request_body)',
};

describe('bodyReader', () => {
  it('gives all bytes', async () => {
    const request = message();
    request.write('1234');
    request.end('567890');

    assert.deepEqual(await bodyReader(10)(request), Buffer.from('1234567890'));
  });

  it('gives nothing when there is nothing', async () => {
    const request = message({ 'content-length': '0' });
    request.end();

    assert.equal((await bodyReader(10)(request)).length, 0);
  });

  it('refuses a body that is declared too large before it reads any of it', async () => {
    const request = message({ 'content-length': '11' });

    await assert.rejects(bodyReader(10)(request), tooLarge);
    assert.equal(request.listenerCount('data'), 0);
  });

  it('refuses a body that turns out too large, and throws the rest away', async () => {
    const request = message();
    const body = bodyReader(10)(request);
    request.write('12345678901');

    await assert.rejects(body, tooLarge);
    request.end('more');
    await new Promise((resolve) => request.once('end', resolve));
  });

  it('refuses when too many bodies are half read, until they are done', async () => {
    const read = bodyReader(10);
    const slow = Array.from({ length: 8 }, () => message());
    const bodies = slow.map((request) => read(request));
    for (const request of slow) request.write('1234567890');
    await new Promise((resolve) => setImmediate(resolve));
    const late = message();
    late.end('x');

    await assert.rejects(read(late), {
      kind: 'unavailable',
      message: 'Too many request bodies are being received, try again later',
    });

    for (const request of slow) request.end();
    await Promise.all(bodies);
    const later = message();
    later.end('x');
    assert.equal((await read(later)).length, 1);
  });

  for (const [name, error] of [
    ['goes away', undefined],
    ['is cut off', new Error('aborted')],
  ] as const) {
    it(`refuses when the client ${name}`, async () => {
      const request = message();
      const body = bodyReader(10)(request);
      request.write('1');
      request.destroy(error);

      await assert.rejects(body, {
        kind: 'invalid',
        message: 'The client closed the connection before the end of the body',
      });
    });
  }
});
