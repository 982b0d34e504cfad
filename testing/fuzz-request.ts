import type { SeededRandom } from './seeded-random.ts';

const uuid = '2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a01';

const methods = [
  'GET',
  'GET',
  'GET',
  'POST',
  'POST',
  'HEAD',
  'OPTIONS',
  'DELETE',
  'PUT',
  'PATCH',
  'TRACE',
  'QUERY',
];

const paths = [
  '/',
  '/v1',
  '/v1/',
  '/v2',
  '/v.',
  '/v.*',
  '/(',
  '/(a+)+$',
  '/[',
  '/v1%00',
  '/healthcheck',
  '/v1/continue',
  '/v1/continue',
  '/v1/introspection',
  `/v1/introspection/${uuid}`,
  `/v1/introspection/${uuid}/abort`,
  `/v1/introspection/${uuid}/data`,
  `/v1/introspection/${uuid}/data/unprocessed`,
  '/v1/introspection/no-such-node',
  '/v1/rules',
  `/v1/rules/${uuid}`,
  '/v1//introspection',
  '//v1',
  '/baremetal/v1/nodes',
  `/baremetal/v1/nodes/${uuid}`,
];

const segments = [
  'v1',
  'introspection',
  'data',
  '..',
  '.',
  '',
  '%2F',
  '%2e%2e',
  '%E9',
  '%zz',
  '%',
  '__proto__',
  'constructor',
  '*',
  '<node>',
  ';',
  uuid,
];

const queries = [
  'limit=1',
  'limit=-1',
  'limit=1e9',
  `marker=${uuid}`,
  'state=waiting,error',
  'state=',
  'manage_boot=x',
  '__proto__=1',
  'limit=%',
  '%00=%00',
  '?',
  '&&&',
  '=',
];

const headerNames = [
  'Host',
  'Content-Type',
  'Accept',
  'Accept-Encoding',
  'Authorization',
  'Cookie',
  'X-Auth-Token',
  'X-OpenStack-Ironic-Inspector-API-Version',
  'X-OpenStack-Ironic-API-Version',
  'X-Forwarded-Proto',
  'X-Forwarded-Host',
  'X-Forwarded-Port',
  'X-Forwarded-Prefix',
  'X-Forwarded-For',
  'Origin',
  'Access-Control-Request-Method',
  'Access-Control-Request-Headers',
  'If-None-Match',
  'Range',
];

const headerValues = [
  '',
  'a, b',
  'https',
  '1.5',
  'latest',
  '1.',
  '9.9',
  '[::1]:99',
  ':',
  '/a//b',
  '"',
  'GET',
  'http://dash.example',
  'text/html;q=0',
  '99999',
  'Basic Og==',
  '\u00e9',
];

const bodies = [
  '',
  '{}',
  '[]',
  'null',
  '{',
  '"x"',
  'NaN',
  '[1e999]',
  '{"__proto__": {"a": 1}}',
  '{"inventory": {}}',
  '{"inventory": {"interfaces": [{"name": "eth0", "mac_address": "11:22:33:44:55:66"}], "disks": [], "cpu": {}, "memory": {}}}',
  '{"error": "it broke", "logs": "AAAA"}',
  '{"actions": [{"action": "fail", "message": "x"}], "conditions": []}',
  '{"uuid": 5, "actions": []}',
  '\ufeff{}',
  '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[',
];

/** A request that is well-formed, whatever it asks for: it has to have an answer. In Latin-1. */
export function fuzzRequest(random: SeededRandom): string {
  const { head, body } = fuzzParts(random);
  if (body === '' || random.once(2)) return `${head}Content-Length: ${body.length}\r\n\r\n${body}`;
  return `${head}Transfer-Encoding: chunked\r\n\r\n${chunked(body, random)}`;
}

/** Something that is not quite a request; the rest of the connection is lost with it. In Latin-1. */
export function fuzzNonsense(random: SeededRandom): string {
  const { head, body } = fuzzParts(random);
  const request = `${head}Content-Length: ${body.length}\r\n\r\n${body}`;
  return random.pick([
    () => random.text(1 + random.below(300), true),
    () => `${random.text(20)}\r\n\r\n`,
    () => request.slice(0, random.below(request.length)),
    () =>
      `${head}Content-Length: ${random.pick(['-1', 'x', '1e3', '99999999999999999999', '5, 6'])}\r\n\r\n${body}`,
    () => `${head}Content-Length: ${body.length + 1 + random.below(100)}\r\n\r\n${body}`,
    () => `${head}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n${body}`,
    () =>
      `${head}Transfer-Encoding: chunked\r\n\r\n${random.pick(['zz\r\n', '-1\r\n', 'ffffffffff\r\n', '5\r\nab'])}`,
    () => `${head}X-Long: ${'x'.repeat(random.pick([16_384, 70_000]))}\r\n\r\n`,
    () => `${head}${'X-Many: y\r\n'.repeat(random.pick([500, 3000]))}\r\n`,
    () => `GET /${'x'.repeat(random.pick([8192, 70_000]))} HTTP/1.1\r\n\r\n`,
    () => `GET /v1/\u00e9\u00ff HTTP/1.1\r\n\r\n`,
    () => `GET / HTTP/${random.pick(['0.9', '2.0', '1.2', 'x', ''])}\r\n\r\n`,
    () => `${random.pick(['FOO', 'get', 'G\u00e9T', ''])} /v1 HTTP/1.1\r\n\r\n`,
    () => `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n`,
    () => `${head}Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
    () => `CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n`,
    () => `${head}bad header\r\n\r\n`,
    () => `${head} folded: x\r\n\r\n`,
    () => `${head}\u0000: x\r\n\r\n`,
  ])();
}

function fuzzParts(random: SeededRandom): { head: string; body: string } {
  const method = random.pick(methods);
  const path = random.once(4) ? madeUpPath(random) : random.pick(paths);
  const query = random.once(3) ? `?${random.pick(queries)}&${random.pick(queries)}` : '';
  const headers = Array.from({ length: random.below(5) }, () => header(random)).join('');
  const bodied = method === 'POST' || method === 'PUT' || random.once(10);
  return { head: `${method} ${path}${query} HTTP/1.1\r\n${headers}`, body: bodied ? madeUpBody(random) : '' };
}

function madeUpPath(random: SeededRandom): string {
  const parts = Array.from({ length: 1 + random.below(6) }, () =>
    random.once(5) ? random.text(random.below(30)).replace(/\s/g, '+') : random.pick(segments),
  );
  return `/${parts.join('/')}`;
}

function madeUpBody(random: SeededRandom): string {
  if (random.once(200)) return `{"inventory": "${'x'.repeat(random.below(100_000))}"}`;
  return random.once(5) ? random.text(random.below(200), true) : random.pick(bodies);
}

function header(random: SeededRandom): string {
  const value = random.once(6) ? random.text(random.below(60)) : random.pick(headerValues);
  return `${random.pick(headerNames)}: ${value}\r\n`;
}

function chunked(body: string, random: SeededRandom): string {
  const bytes = Buffer.from(body, 'latin1').toString('latin1');
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const size = Math.min(1 + random.below(bytes.length), bytes.length - at);
    text += `${size.toString(16)}\r\n${bytes.slice(at, at + size)}\r\n`;
    at += size;
  }
  return `${text}0\r\n\r\n`;
}
