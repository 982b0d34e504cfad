import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { loopbackCertificate } from '../../testing/loopback-certificate.ts';
import { type HttpPostOptions, httpPost } from './http-post.ts';

async function serve(t: TestContext, listener: RequestListener, tls = false): Promise<string> {
  const server = tls ? createTlsServer(loopbackCertificate, listener) : createServer(listener);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}/v1/continue`;
}

function client(t: TestContext, options: Partial<HttpPostOptions> = {}) {
  const http = httpPost({ timeoutSeconds: 10, insecure: false, ...options });
  t.after(() => http.close());
  return http.post;
}

const echo: RequestListener = (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { method, headers } = request;
    const { accept, 'content-type': type, 'transfer-encoding': chunked = null } = headers;
    response
      .writeHead(202)
      .end(JSON.stringify({ method, accept, type, chunked, body: Buffer.concat(chunks).toString() }));
  });
};

describe('posting JSON', () => {
  it('sends it with its type, in one piece, and gives the reply', async (t) => {
    const url = await serve(t, echo);

    const reply = await client(t)(url, '{"é":1}');

    assert.equal(reply.status, 202);
    assert.deepEqual(JSON.parse(reply.body), {
      method: 'POST',
      accept: 'application/json',
      type: 'application/json',
      chunked: null,
      body: '{"é":1}',
    });
  });

  it('fails when nobody listens, and when no answer comes in time', async (t) => {
    const url = await serve(t, () => {});

    await assert.rejects(client(t)('http://127.0.0.1:1/', '{}'), /ECONNREFUSED/);
    await assert.rejects(client(t, { timeoutSeconds: 0.2 })(url, '{}'), /Headers Timeout/);
  });

  it('fails on an answer without end', async (t) => {
    const url = await serve(t, (_, response) => void response.end(Buffer.alloc(2 * 1024 * 1024)));

    await assert.rejects(client(t)(url, '{}'), /exceeded/i);
  });

  it('trusts the given certificate authorities only, unless told not to look', async (t) => {
    const url = await serve(t, echo, true);

    await assert.rejects(client(t)(url, '{}'), /self-signed certificate/);
    assert.equal(
      (await client(t, { certificateAuthorities: loopbackCertificate.cert })(url, '{}')).status,
      202,
    );
    assert.equal((await client(t, { insecure: true })(url, '{}')).status, 202);
  });
});
