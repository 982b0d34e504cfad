import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { freePort } from '../../../testing/free-port.ts';
import { demoClient } from './demo-client.ts';
import { requireFreePort } from './free-port.ts';

async function taken(t: TestContext, answer: RequestListener): Promise<number> {
  const server = createServer(answer);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const required = (port: number) => requireFreePort(port, demoClient(`http://127.0.0.1:${port}`));

describe('requireFreePort', () => {
  it('leaves a free port free', async () => {
    const port = await freePort();

    await required(port);
    await required(port);
  });

  for (const [holder, body] of [
    ['another program', 'hello'],
    ['another ironic-inspector', '{"versions": []}'],
  ] as const) {
    it(`says that ${holder} has it, and names another`, async (t) => {
      const port = await taken(t, (_request, response) => response.end(body));

      await assert.rejects(required(port), {
        kind: 'invalid',
        message: `Port ${port} on 127.0.0.1 is taken by ${holder}: stop that, or choose another port with --port ${port + 1}`,
      });
    });
  }

  for (const [code, message] of [
    ['EACCES', 'This user may not listen on port 5. Choose one above 1023 with --port'],
    ['EADDRNOTAVAIL', /^127\.0\.0\.1 cannot be reached: .* Switch it on: ip link set lo up$/],
    ['ENETUNREACH', /^127\.0\.0\.1 cannot be reached: /],
    ['EODD', 'listen EODD'],
  ] as const) {
    it(`says what to do on ${code}`, async () => {
      const refused = async () => {
        throw Object.assign(new Error(`listen ${code}`), { code });
      };

      await assert.rejects(requireFreePort(5, demoClient('http://127.0.0.1:5'), refused), {
        kind: 'invalid',
        message,
      });
    });
  }
});
