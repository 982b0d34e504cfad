import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { freePort } from '../../../testing/free-port.ts';
import { answersAsService, demoClient } from './demo-client.ts';

/** A client of a server that gives this answer to everything, and the requests that came. */
async function clientOf(t: TestContext, status: number, body: string) {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const version = request.headers['x-openstack-ironic-api-version'];
    requests.push(`${request.method} ${request.url} ${String(version)}`);
    response.writeHead(status).end(body);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { client: demoClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), requests };
}

describe("the demo's client", () => {
  it('gives objects, and asks for the newest version', async (t) => {
    const { client, requests } = await clientOf(t, 200, '{"a": 1}');

    assert.deepEqual(await client.get('/x?y=z'), { a: 1 });
    await client.post('/v1');
    assert.deepEqual(requests, ['GET /x?y=z latest', 'POST /v1 latest']);
  });

  for (const body of ['', '[]', '"text"', 'no JSON']) {
    it(`gives an empty object for ${JSON.stringify(body)}`, async (t) => {
      const { client } = await clientOf(t, 200, body);

      assert.deepEqual(await client.get('/'), {});
    });
  }

  for (const [body, reason] of [
    ['{"error": {"message": "no such node"}}', 'no such node'],
    ['{"error_message": "{\\"faultstring\\": \\"not allowed\\"}"}', 'not allowed'],
    ['{"error_message": "plain"}', '{"error_message": "plain"}'],
    ['{"error": {"message": 5}}', '{"error": {"message": 5}}'],
    ['out of order\n', 'out of order'],
  ] as const) {
    it(`says what was wrong when it is told ${body.trim()}`, async (t) => {
      const { client } = await clientOf(t, 404, body);

      await assert.rejects(client.get('/v1/x'), {
        name: 'InspectorError',
        kind: 'internal',
        message: `GET /v1/x was answered with 404: ${reason}`,
      });
    });
  }

  it('says so when nobody answers', async () => {
    const client = demoClient(`http://127.0.0.1:${await freePort()}`);

    await assert.rejects(client.get('/'), {
      name: 'InspectorError',
      kind: 'unavailable',
      message: /^The service at http:\/\/127\.0\.0\.1:\d+ does not answer: .*ECONNREFUSED/,
    });
  });
});

describe('answersAsService', () => {
  it('knows a service by the root of its API', async (t) => {
    const { client } = await clientOf(t, 200, '{"versions": []}');

    assert.equal(await answersAsService(client), true);
  });

  for (const [status, body] of [
    [200, '<html>'],
    [200, '{"versions": "all"}'],
    [500, '{"versions": []}'],
  ] as const) {
    it(`does not take ${status} ${body} for one`, async (t) => {
      const { client } = await clientOf(t, status, body);

      assert.equal(await answersAsService(client), false);
    });
  }
});
