import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { skipWithout } from '../../testing/debian-packages.ts';
import { startRealService } from '../../testing/real-service.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { runStockProgram } from '../../testing/stock-program.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

const skip = skipWithout(['chromium']);

/** What the page asks for. A browser asks the service first (preflight) for all but the first. */
const requests = {
  plain: ['/v1', {}],
  'with a version': [
    '/v1/introspection',
    { headers: { 'X-OpenStack-Ironic-Inspector-API-Version': '1.18' } },
  ],
  'with a token': ['/v1/introspection', { headers: { 'X-Auth-Token': 'x' } }],
  'with a body': [
    '/v1/rules',
    {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"actions": [{"action": "fail", "message": "x"}], "conditions": []}',
    },
  ],
  deleting: ['/v1/rules', { method: 'DELETE' }],
  'with a header that is not allowed': ['/v1/introspection', { headers: { 'X-Other': 'x' } }],
  'to the registry': ['/baremetal/v1/nodes', { headers: { 'X-Auth-Token': 'x' } }],
} as const;

/** A page that sends the requests, and shows what came of each as JSON. */
const page = (service: string) => `<!doctype html><title>page</title><body><script type="module">
const got = {};
for (const [name, [path, options]] of Object.entries(${JSON.stringify(requests)})) {
  got[name] = await fetch(${JSON.stringify(service)} + path, options).then((answer) => answer.status, () => 'refused by the browser');
}
document.body.textContent = 'got:' + JSON.stringify(got) + ':end';
</script>`;

describe('a page of another site in Chromium', { skip }, () => {
  const server = createServer();
  let site = '';
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());

  /** Opens the page beside a service with these options; gives what it shows. */
  async function shown(options: string): Promise<Record<string, unknown>> {
    const folder = temporaryFolder().path;
    const service = await startRealService(folder, recordingLogger(), options);
    server.removeAllListeners('request');
    server.on('request', (_request, answer) => {
      answer.setHeader('Content-Type', 'text/html; charset=utf-8');
      answer.end(page(service.url));
    });
    try {
      const { stdout, stderr } = await runStockProgram(
        '/usr/bin/chromium',
        [
          '--headless',
          '--no-sandbox',
          '--disable-gpu',
          `--user-data-dir=${folder}/profile`,
          '--virtual-time-budget=20000',
          '--dump-dom',
          site,
        ],
        folder,
      );
      const [, got] = /got:(.*):end/.exec(stdout) ?? [];
      assert.ok(got !== undefined, `${stdout}\n${stderr}`);
      return JSON.parse(got);
    } finally {
      await service.stop();
    }
  }

  it('uses the API where its site is allowed', async () => {
    assert.deepEqual(await shown(`[cors]\nallowed_origin = ${site}`), {
      plain: 200,
      'with a version': 200,
      'with a token': 200,
      'with a body': 201,
      deleting: 204,
      'with a header that is not allowed': 'refused by the browser',
      'to the registry': 200,
    });
  });

  it('reads nothing where only others are', async () => {
    const got = await shown('[cors]\nallowed_origin = http://other.example');

    assert.deepEqual(new Set(Object.values(got)), new Set(['refused by the browser']));
  });

  it('reads nothing without the option', async () => {
    const got = await shown('');

    assert.deepEqual(new Set(Object.values(got)), new Set(['refused by the browser']));
  });
});
