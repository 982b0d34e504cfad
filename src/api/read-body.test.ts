import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { bodyReader } from './read-body.ts';

const patience = { stall: 20_000, total: 120_000 };

/** A request from the address, to be written to. */
function message(
  headers: Record<string, string> = {},
  remoteAddress = '192.0.2.1',
): PassThrough & IncomingMessage {
  return Object.assign(new PassThrough(), { headers, socket: { remoteAddress } }) as unknown as PassThrough &
    IncomingMessage;
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

    assert.deepEqual(await bodyReader(10, patience)(request).read(), Buffer.from('1234567890'));
  });

  it('gives nothing when there is nothing', async () => {
    const request = message({ 'content-length': '0' });
    request.end();

    assert.equal((await bodyReader(10, patience)(request).read()).length, 0);
  });

  it('refuses a body that is declared too large before it reads any of it', async () => {
    const request = message({ 'content-length': '11' });

    await assert.rejects(bodyReader(10, patience)(request).read(), tooLarge);
    assert.equal(request.listenerCount('data'), 0);
  });

  it('refuses a body that turns out too large, and throws the rest away', async () => {
    const request = message();
    const body = bodyReader(10, patience)(request).read();
    request.write('12345678901');

    await assert.rejects(body, tooLarge);
    request.end('more');
    await new Promise((resolve) => request.once('end', resolve));
  });

  it('refuses when too many bodies are in memory, until they are answered', async () => {
    const open = bodyReader(10, patience);
    const slow = Array.from({ length: 8 }, (_, index) => message({}, `192.0.2.${index % 2}`));
    const bodies = slow.map((request) => open(request));
    const read = Promise.all(bodies.map((body) => body.read()));
    for (const request of slow) request.write('1234567890');
    await new Promise((resolve) => setImmediate(resolve));
    const readOne = () => {
      const late = message({}, '192.0.2.99');
      late.end('x');
      return open(late).read();
    };
    const busy = {
      kind: 'unavailable',
      message: 'Too many request bodies are being received, try again later',
    };

    await assert.rejects(readOne(), busy);
    for (const request of slow) request.end();
    await read;
    await assert.rejects(readOne(), busy);
    for (const body of bodies) body.release();

    assert.equal((await readOne()).length, 1);
  });

  it('lets one client have half of the memory', async () => {
    const open = bodyReader(10, patience);
    const post = (address: string) => {
      const request = message({}, address);
      request.end('1234567890');
      return open(request).read();
    };
    for (let n = 0; n < 4; n++) await post('192.0.2.1');

    await assert.rejects(post('192.0.2.1'), { kind: 'unavailable' });

    assert.equal((await post('192.0.2.2')).length, 10);
  });

  it('gives back the memory of what it refuses', async () => {
    const open = bodyReader(10, patience);
    for (let n = 0; n < 9; n++) {
      const request = message();
      request.end('12345678901');
      await assert.rejects(open(request).read(), tooLarge);
    }
  });

  it('gives up on a body that stands still', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const request = message();
    const body = bodyReader(10, patience)(request).read();
    const refused = assert.rejects(body, {
      kind: 'too-slow',
      message: 'Request body too slow: expected more of it within 20 s',
    });
    request.write('1');
    await new Promise((resolve) => setImmediate(resolve));

    t.mock.timers.tick(20_000);

    await refused;
  });

  it('gives up on a body that trickles', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const request = message();
    const body = bodyReader(10, patience)(request).read();
    const refused = assert.rejects(body, {
      kind: 'too-slow',
      message: 'Request body too slow: expected all of it within 120 s',
    });

    for (let n = 0; n < 7; n++) {
      request.write('1');
      await new Promise((resolve) => setImmediate(resolve));
      t.mock.timers.tick(19_000);
    }

    await refused;
  });

  for (const [name, error] of [
    ['goes away', undefined],
    ['is cut off', new Error('aborted')],
  ] as const) {
    it(`refuses when the client ${name}`, async () => {
      const request = message();
      const body = bodyReader(10, patience)(request).read();
      request.write('1');
      request.destroy(error);

      await assert.rejects(body, {
        kind: 'invalid',
        message: 'The client closed the connection before the end of the body',
      });
    });
  }
});
