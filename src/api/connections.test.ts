import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { type ApiFakes, apiFakes, nodeRecord } from '../../testing/api-dependencies.ts';
import { exchange, rawConnection } from '../../testing/raw-connection.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { until } from '../../testing/until.ts';
import type { ApiOptions } from './api-options.ts';
import { drain } from './drain.ts';
import { listen } from './listen.ts';
import { type ApiSettings, createApi } from './server.ts';

const close = 'Connection: close\r\n';
const patience = { stall: 20_000, total: 120_000 };
const quick: ApiSettings = { timeouts: { headers: 200, request: 400, body: patience, check: 50 } };
const mebibyte = 1024 * 1024;

async function started(
  t: TestContext,
  fakes: ApiFakes,
  settings?: ApiSettings,
): Promise<{ api: FastifyInstance; port: number }> {
  const api = createApi(fakes, settings);
  t.after(() => drain(api, 1));
  const { port } = await listen(api, { listen_address: '127.0.0.1', listen_port: 0 });
  return { api, port };
}

async function answered(t: TestContext, request: string | Uint8Array, fakes = apiFakes()): Promise<string> {
  const { port } = await started(t, fakes);
  return exchange(port, request);
}

describe('requests on the wire', () => {
  it('may be in HTTP/1.0', async (t) => {
    const { port } = await started(t, apiFakes());

    const answer = await exchange(port, 'GET / HTTP/1.0\r\n\r\n');

    assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
    assert.ok(answer.includes(`"href":"http://127.0.0.1:${port}/v1"`));
  });

  it('may lack a Host', async (t) => {
    assert.match(await answered(t, `GET / HTTP/1.1\r\n${close}\r\n`), /^HTTP\/1\.1 200 OK\r\n/);
  });

  it('may be chunked and without a content type', async (t) => {
    const fakes = apiFakes();

    const answer = await answered(
      t,
      `POST /v1/continue HTTP/1.1\r\n${close}Transfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n3\r\n 1}\r\n0\r\n\r\n`,
      fakes,
    );

    assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
    assert.deepEqual(fakes.calls, ['continue {"a": 1}']);
  });

  it('may be chunked for reapply, too (docs/compatibility.md, reapply-chunked)', async (t) => {
    const fakes = apiFakes();
    const { uuid } = nodeRecord();

    await answered(
      t,
      `POST /v1/introspection/${uuid}/data/unprocessed HTTP/1.1\r\n${close}Transfer-Encoding: chunked\r\n\r\n8\r\n{"a": 1}\r\n0\r\n\r\n`,
      fakes,
    );

    assert.deepEqual(fakes.calls, [`reapply ${uuid} {"a": 1}`]);
  });

  it('may follow each other on one connection, with bodies that nobody reads', async (t) => {
    const body = `POST /v1/introspection/${nodeRecord().uuid} HTTP/1.1\r\nContent-Length: 5\r\n\r\nxxxxx`;

    const answer = await answered(t, `${body}${body}GET / HTTP/1.1\r\n${close}\r\n`);

    assert.deepEqual(answer.match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 202', 'HTTP/1.1 202', 'HTTP/1.1 200']);
  });

  it('may wait for leave to send the body', async (t) => {
    const answer = await answered(
      t,
      `POST /v1/continue HTTP/1.1\r\n${close}Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}`,
    );

    assert.match(answer, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
  });

  for (const method of ['FOO', 'get']) {
    it(`may have the method ${method} (docs/compatibility.md, unknown-method)`, async (t) => {
      const answer = await answered(t, `${method} /v1/introspection HTTP/1.1\r\nHost: x\r\n\r\n`);

      assert.match(answer, /^HTTP\/1\.1 405 Method Not Allowed\r\n/);
      assert.match(answer, /\r\nAllow: GET, HEAD, OPTIONS\r\n/);
      assert.match(answer, /\r\nX-OpenStack-Ironic-Inspector-API-Maximum-Version: 1\.18\r\n/);
    });
  }

  it('may have an unknown method and an unknown path', async (t) => {
    assert.match(await answered(t, 'FOO /a/b HTTP/1.1\r\n\r\n'), /^HTTP\/1\.1 404 Not Found\r\n/);
  });

  const refused = [
    [
      'a request line that is too long',
      `GET /${'x'.repeat(8192)} HTTP/1.1\r\n\r\n`,
      '414 Request URI Too Long',
    ],
    [
      'a header that is too long',
      `GET / HTTP/1.1\r\nA: ${'x'.repeat(16_384)}\r\n\r\n`,
      '400 Header Line Too Long',
    ],
    [
      'headers that are too long',
      `GET / HTTP/1.1\r\n${`A: ${'x'.repeat(9000)}\r\n`.repeat(8)}\r\n`,
      '400 Headers Too Large',
    ],
    [
      'a length that is no number',
      'POST /v1/continue HTTP/1.1\r\nContent-Length: x\r\n\r\n',
      '400 Bad Request',
    ],
    ['garbage', 'garbage\r\n\r\n', '400 Bad Request'],
  ] as const;
  for (const [name, request, status] of refused) {
    it(`are refused for ${name}`, async (t) => {
      const answer = await answered(t, request);

      assert.ok(answer.startsWith(`HTTP/1.1 ${status}\r\n`), answer.slice(0, 100));
      assert.match(answer, /\r\nConnection: close\r\n/);
      assert.ok(answer.endsWith('\r\n\r\n'));
    });
  }

  it('end with their connection where clients are not to keep it', async (t) => {
    const fakes = apiFakes({ options: { wsgi_keep_alive: false } });

    assert.match(await answered(t, 'GET / HTTP/1.1\r\n\r\n', fakes), /\r\nConnection: close\r\n/);
  });
});

describe('large bodies', () => {
  it('are refused before they are sent', async (t) => {
    const { port } = await started(t, apiFakes());
    const connection = await rawConnection(port);

    connection.send(`POST /v1/continue HTTP/1.1\r\nContent-Length: ${64 * mebibyte}\r\n\r\n`);
    const answer = await connection.received(/\}\n$/);

    connection.socket.destroy();
    assert.match(answer, /^HTTP\/1\.1 413 Payload Too Large\r\n/);
  });

  it('are refused while they are sent, and the connection goes on', async (t) => {
    const { port } = await started(t, apiFakes());
    const connection = await rawConnection(port);

    connection.send(`POST /v1/continue HTTP/1.1\r\nContent-Length: ${64 * mebibyte}\r\n\r\n`);
    const part = Buffer.alloc(mebibyte, 0x20);
    for (let sent = 0; sent < 64; sent++)
      await new Promise((resolve) => connection.socket.write(part, resolve));
    connection.send(`GET / HTTP/1.1\r\n${close}\r\n`);
    const answer = await connection.closed();

    assert.match(answer, /^HTTP\/1\.1 413 .*HTTP\/1\.1 200 OK/s);
  });

  it('are refused when it shows only then that they are too large', async (t) => {
    const fakes = apiFakes({ options: { max_request_body: 10 } });
    const { port } = await started(t, fakes);
    const connection = await rawConnection(port);

    connection.send('POST /v1/continue HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n                ');
    const answer = await connection.received(/\}\n$/);
    connection.send(`\r\n0\r\n\r\nGET / HTTP/1.1\r\n${close}\r\n`);

    assert.match(answer, /^HTTP\/1\.1 413 Payload Too Large\r\n/);
    assert.match(await connection.closed(), /HTTP\/1\.1 200 OK/);
  });

  it('need not be sent by whoever asks first', async (t) => {
    const answer = await answered(
      t,
      `POST /v1/continue HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: ${64 * mebibyte}\r\n\r\n`,
    );

    assert.match(answer, /^HTTP\/1\.1 413 Payload Too Large\r\n/);
    assert.match(answer, /\r\nConnection: close\r\n/);
  });

  it('do not go on for ever after they were refused', async (t) => {
    const { port } = await started(t, apiFakes(), quick);

    const answer = await exchange(
      port,
      `POST /v1/continue HTTP/1.1\r\nContent-Length: ${64 * mebibyte}\r\n\r\n`,
    );

    assert.deepEqual(answer.match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 413']);
  });
});

describe('slow and broken clients', () => {
  for (const [name, request] of [
    ['headers', 'GET / HTTP/1.1\r\nHost'],
    ['body', 'POST /v1/continue HTTP/1.1\r\nContent-Length: 10\r\n\r\n{'],
  ] as const) {
    it(`are cut off when they do not end their ${name}`, async (t) => {
      const fakes = apiFakes();
      const { port } = await started(t, fakes, quick);

      assert.match(await exchange(port, request), /^HTTP\/1\.1 408 Request Timeout\r\n/);
      assert.deepEqual(fakes.calls, []);
    });
  }

  it('are cut off after a while without traffic', async (t) => {
    const fakes = apiFakes({ options: { client_socket_timeout: 1, tcp_keepidle: 0 } });
    const { port } = await started(t, fakes);

    assert.match(await exchange(port, 'GET / HTTP/1.1\r\n\r\n'), /^HTTP\/1\.1 200 OK\r\n/);
  });

  for (const [name, bodyPatience, expected] of [
    ['stands still', { stall: 150, total: 5000 }, /expected more of it within 0\.15 s/],
    ['takes too long', { stall: 5000, total: 150 }, /expected all of it within 0\.15 s/],
  ] as const) {
    it(`are cut off with 503 when their body ${name}`, async (t) => {
      const fakes = apiFakes();
      const timeouts = { headers: 5000, request: 9000, body: bodyPatience, check: 1000 };
      const { port } = await started(t, fakes, { timeouts });

      const answer = await exchange(port, 'POST /v1/continue HTTP/1.1\r\nContent-Length: 10\r\n\r\n{');

      assert.match(answer, /^HTTP\/1\.1 503 Service Unavailable\r\n.*Connection: close\r\n/s);
      assert.match(answer, expected);
      assert.deepEqual(fakes.calls, []);
    });
  }

  it('may go away in the middle of a body', async (t) => {
    const log = recordingLogger();
    const fakes = { ...apiFakes(), log };
    const { api, port } = await started(t, fakes);
    const begun = once(api.server, 'request');
    const connection = await rawConnection(port);

    connection.send('POST /v1/continue HTTP/1.1\r\nContent-Length: 10\r\n\r\n{');
    await begun;
    connection.socket.resetAndDestroy();
    await until(() => log.at('info').length >= 2);

    assert.deepEqual(fakes.calls, []);
    assert.deepEqual(log.at('error'), []);
    assert.match(
      log.at('info').join('\n'),
      /"POST \/v1\/continue HTTP\/1\.1" connection closed by the client/,
    );
    assert.match(await exchange(port, `GET / HTTP/1.1\r\n${close}\r\n`), /^HTTP\/1\.1 200 OK\r\n/);
  });

  it('are cut off when garbage follows an answer', async (t) => {
    const { port } = await started(t, apiFakes());
    const connection = await rawConnection(port);

    connection.send('GET / HTTP/1.1\r\n\r\n');
    await connection.received(/\}\n$/);
    connection.send('garbage\r\n\r\n');

    assert.deepEqual((await connection.closed()).match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 200']);
  });
});

describe('bodies that wait for their answer', () => {
  it('count as memory in use until they have it', async (t) => {
    const { fakes, goOn } = slowFakes({ max_request_body: 10 });
    const { port } = await started(t, fakes);
    const post = `POST /v1/continue HTTP/1.1\r\n${close}Content-Length: 10\r\n\r\n{"a":1234}`;

    // One client gets half of the room, which is for eight bodies.
    const waiting = Array.from({ length: 4 }, () => exchange(port, post));
    await until(() => fakes.calls.length === 4);
    const refused = await exchange(port, post);
    goOn();
    const answers = await Promise.all(waiting);
    const later = await exchange(port, post);

    assert.match(refused, /^HTTP\/1\.1 503 .*Too many request bodies/s);
    for (const answer of [...answers, later]) assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
  });
});

describe('closing', () => {
  it('waits for the requests that are being answered, and for nothing else', async (t) => {
    const { fakes, began, goOn } = slowFakes();
    const { api, port } = await started(t, fakes);
    const idle = await rawConnection(port);
    idle.send('GET / HTTP/1.1\r\n\r\n');
    await idle.received(/\}\n$/);
    const silent = await rawConnection(port);
    const busy = await rawConnection(port);
    busy.send('POST /v1/continue HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}');
    await began;

    const closing = api.close();
    await idle.closed();
    await silent.closed();
    goOn();

    assert.match(await busy.closed(), /^HTTP\/1\.1 200 OK\r\n.*Connection: close\r\n.*\{"uuid":"x"\}\n$/s);
    await closing;
    await assert.rejects(fetch(`http://127.0.0.1:${port}/`));
  });

  it('cuts off what takes too long', async (t) => {
    const { fakes, began } = slowFakes();
    const { api, port } = await started(t, fakes);
    const connection = await rawConnection(port);
    connection.send('POST /v1/continue HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}');
    await began;

    await drain(api, 0.1);

    assert.equal(await connection.closed(), '');
  });

  it('answers a request that was under way, and ends its connection', async (t) => {
    const { api, port } = await started(t, apiFakes());
    const begun = once(api.server, 'request');
    const connection = await rawConnection(port);
    connection.send('POST /v1/continue HTTP/1.1\r\nContent-Length: 2\r\n\r\n{');
    await begun;

    const closing = drain(api, 0);
    await sleep(50);
    connection.send('}');

    assert.match(await connection.closed(), /^HTTP\/1\.1 200 OK\r\n.*Connection: close\r\n/s);
    await closing;
  });
});

/** An API whose `continue` takes until it is told to go on. */
function slowFakes(options: Partial<ApiOptions> = {}) {
  const { promise, resolve } = Promise.withResolvers<{ uuid: string }>();
  const fakes = apiFakes({ options });
  const began = Promise.withResolvers<void>();
  const conductor = {
    ...fakes.conductor,
    continue: () => {
      fakes.calls.push('continue');
      began.resolve();
      return promise;
    },
  };
  return { fakes: { ...fakes, conductor }, began: began.promise, goOn: () => resolve({ uuid: 'x' }) };
}
