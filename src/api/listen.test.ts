import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fastify, { type FastifyInstance } from 'fastify';
import { apiFakes } from '../../testing/api-dependencies.ts';
import { exchange } from '../../testing/raw-connection.ts';
import { listen } from './listen.ts';
import { createApi } from './server.ts';

const anyPort = { listen_address: '127.0.0.1', listen_port: 0 };

describe('listen', () => {
  it('tells where the API is', async (t) => {
    const api = createApi(apiFakes());
    t.after(() => api.close());

    const { address, port } = await listen(api, anyPort);

    assert.equal(address, '127.0.0.1');
    const response = await fetch(`http://127.0.0.1:${port}/`);
    assert.equal(response.status, 200);
  });

  it('refuses a port that is in use (docs/compatibility.md, listen-busy-port)', async (t) => {
    const first = createApi(apiFakes());
    t.after(() => first.close());
    const { port } = await listen(first, anyPort);
    const second = createApi(apiFakes());

    await assert.rejects(listen(second, { ...anyPort, listen_port: port }), {
      kind: 'unavailable',
      message: `Cannot listen on 127.0.0.1:${port}: the port is in use; stop the program that has it, or set [DEFAULT]listen_port to another one`,
    });
  });

  const advices: readonly (readonly [string, RegExp])[] = [
    [
      'EACCES',
      /^Cannot listen on \[::\]:80: not permitted; set \[DEFAULT\]listen_port to a port above 1023$/,
    ],
    [
      'EADDRNOTAVAIL',
      /: this machine has no such address; set \[DEFAULT\]listen_address to one that it has, /,
    ],
    ['EAFNOSUPPORT', /: this machine has no such address; .* 0\.0\.0\.0 for all of IPv4$/],
    ['EAI_AGAIN', /: the name is not known; /],
    ['ENOTFOUND', /: the name is not known; set \[DEFAULT\]listen_address to an IP address$/],
    ['EMFILE', /: EMFILE happened$/],
  ];
  for (const [code, message] of advices) {
    it(`says what to do about ${code}`, async () => {
      const server = failing(Object.assign(new Error(`${code} happened`), { code }));

      await assert.rejects(listen(server, { listen_address: '::', listen_port: 80 }), { message });
    });
  }
});

describe('listen, by name and family', () => {
  it('takes the first address of a name', async (t) => {
    const api = createApi(apiFakes());
    t.after(() => api.close());

    const { address, port, url } = await listen(api, { ...anyPort, listen_address: 'localhost' });

    assert.match(address, /^(?:127\.0\.0\.1|::1)$/);
    assert.equal(url, address === '::1' ? `http://[::1]:${port}` : `http://127.0.0.1:${port}`);
    assert.equal(api.addresses().length, 1);
  });

  it('does not know a name that there is not', async (t) => {
    const api = createApi(apiFakes());
    t.after(() => api.close());

    await assert.rejects(listen(api, { ...anyPort, listen_address: 'no-such-name.invalid' }), {
      kind: 'unavailable',
      message: /^Cannot listen on no-such-name\.invalid:0: the name is not known; set/,
    });
  });

  it('takes IPv4 as well on the IPv6 address for all, and says so in links', async (t) => {
    const api = createApi(apiFakes());
    t.after(() => api.close());
    const { port } = await listen(api, { ...anyPort, listen_address: '::' });

    const bare = await exchange(port, 'GET / HTTP/1.0\r\n\r\n');
    const six = await fetch(`http://[::1]:${port}/`);

    assert.ok(bare.includes(`"href":"http://127.0.0.1:${port}/v1"`));
    assert.equal(six.status, 200);
    assert.match(await six.text(), new RegExp(`"href":"http://\\[::1\\]:${port}/v1"`));
  });
});

function failing(reason: Error): FastifyInstance {
  return Object.assign(fastify(), { listen: () => Promise.reject(reason) });
}
