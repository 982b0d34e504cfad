import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { apiFakes, nodeRecord } from '../../testing/api-dependencies.ts';
import { exchange } from '../../testing/raw-connection.ts';
import { listen } from './listen.ts';
import { createApi } from './server.ts';

const { uuid } = nodeRecord();
const odd = [
  '',
  '.',
  '..',
  '%',
  '%00',
  '%2F',
  '%2e%2e',
  '%E9',
  '%zz',
  '__proto__',
  'constructor',
  '<version>',
  '*',
  'é',
  '\u00ff',
  '(',
  uuid,
];

const segment = fc.oneof(
  fc.constantFrom('v1', 'introspection', 'continue', 'data', 'unprocessed', 'abort', 'node-1', ...odd),
  fc.webSegment(),
);
const path = fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join('/')}`);
const queryName = fc.constantFrom('limit', 'marker', 'state', 'manage_boot', '__proto__', 'x');
const queryValue = fc.oneof(
  fc.constantFrom('1', '-1', '1_0', 'waiting,error', ',', '%', '%00', ...odd),
  fc.webQueryParameters(),
);
const query = fc
  .array(fc.tuple(queryName, queryValue), { maxLength: 3 })
  .map((pairs) =>
    pairs.length === 0 ? '' : `?${pairs.map(([name, value]) => `${name}=${value}`).join('&')}`,
  );
const method = fc.constantFrom(
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'OPTIONS',
  'PATCH',
  'TRACE',
  'QUERY',
  'FOO',
  'get',
);
const headerName = fc.constantFrom(
  'Host',
  'Content-Type',
  'Accept',
  'Expect',
  'X-OpenStack-Ironic-Inspector-API-Version',
  'X-Forwarded-Proto',
  'X-Forwarded-Host',
  'X-Forwarded-Port',
  'X-Forwarded-Prefix',
  'X-Forwarded-For',
  'Accept-Version',
  'Origin',
);
const headerValue = fc.oneof(
  fc.constantFrom(
    '',
    'a, b',
    'https',
    '1.5',
    'latest',
    '1.',
    '[::1]:99',
    ':',
    '/a//b',
    'text/plain;',
    'é',
    '"',
    '99999',
  ),
  fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) }),
);
const headers = fc.array(fc.tuple(headerName, headerValue), { maxLength: 4 });
const body = fc.oneof(
  fc.constant(''),
  fc.json(),
  fc.string(),
  fc.constantFrom('{', '[1e999]', '{"__proto__": 1}', '\u0000'),
);

describe('the API under fire', () => {
  const fakes = apiFakes({ names: { 'node-1': uuid }, records: [nodeRecord()] });
  const api: FastifyInstance = createApi(fakes);
  let port = 0;
  before(async () => {
    ({ port } = await listen(api, { listen_address: '127.0.0.1', listen_port: 0 }));
  });
  after(() => api.close());

  it('answers every request, and none with 5xx', async () => {
    const request = fc.record({ method, path, query, headers, body });

    await fc.assert(
      fc.asyncProperty(request, async (parts) => {
        const bytes = Buffer.from(parts.body);
        const lines = [
          `${parts.method} ${parts.path}${parts.query} HTTP/1.1`,
          ...parts.headers.map(([name, value]) => `${name}: ${value}`),
          `Content-Length: ${bytes.length}`,
          'Connection: close',
        ];
        const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
        const answer = await exchange(port, Buffer.concat([head, bytes]));

        const status = /^(?:HTTP\/1\.1 100 Continue\r\n\r\n)?HTTP\/1\.1 ([2-4]\d\d) /.exec(answer)?.[1];
        assert.ok(status !== undefined, answer.slice(0, 200));
      }),
      { numRuns: 1500 },
    );
  });

  it('answers every kind of garbage with 400, 404 or 405, or not at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 4, maxLength: 60 }), async (bytes) => {
        const answer = await exchange(port, Buffer.concat([bytes, Buffer.from('\r\n\r\n\r\n\r\n')]));

        assert.match(answer, /^(?:HTTP\/1\.1 40[045] |$)/);
      }),
      { numRuns: 200 },
    );
  });
});
