// Shows these lines of docs/compatibility.md: client-timeout.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { fakeHttpService } from '../../testing/fake-http-service.ts';
import { loopbackCertificate } from '../../testing/loopback-certificate.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { shownUrl, type TransportSettings, undiciTransport } from './http-transport.ts';

async function serviceAndTransport(
  t: TestContext,
  settings: Partial<TransportSettings> = {},
  tls?: typeof loopbackCertificate & { ca?: string; requestCert?: boolean },
) {
  const service = await fakeHttpService(({ method, path, body }) => {
    return { status: 200, headers: { 'x-one': '1' }, body: `${method} ${path} ${body}` };
  }, tls);
  const transport = undiciTransport({ section: 'swift', timeoutSeconds: 5, ...settings });
  t.after(async () => {
    await transport.close();
    await service.close();
  });
  return { service, transport };
}

function pemFiles() {
  const folder = temporaryFolder().path;
  const path = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const { cert, key } = loopbackCertificate;
  return {
    cert: path('cert.pem', cert),
    key: path('key.pem', key),
    both: path('both.pem', `${cert}\n${key}\n`),
  };
}

describe('undiciTransport', () => {
  it('sends a request and gives the answer', async (t) => {
    const { service, transport } = await serviceAndTransport(t);

    const answer = await transport.send({
      method: 'PUT',
      url: `${service.url}/a?b=c`,
      headers: { 'x-auth-token': 't' },
      body: 'ü',
    });

    assert.deepEqual([answer.status, answer.headers['x-one']], [200, '1']);
    assert.equal(answer.body.toString(), 'PUT /a?b=c ü');
    assert.equal(service.requests[0]?.headers['x-auth-token'], 't');
  });

  it('keeps connections open', async (t) => {
    const { service, transport } = await serviceAndTransport(t);

    for (let n = 0; n < 5; n++) await transport.send({ method: 'GET', url: service.url });

    assert.ok(service.requests.every(({ headers }) => headers['connection'] === 'keep-alive'));
    // A request that follows at once may find the first connection not quite free yet.
    assert.ok(service.connections() <= 2, `${service.connections()}`);
  });

  it('says what was asked and why there is no answer, without what may be secret', async (t) => {
    const { service, transport } = await serviceAndTransport(t);
    const url = `${service.url.replace('//', '//user:hunter2@')}/a?sig=hunter2`;
    service.fail('reset', 'cut off');

    await assert.rejects(transport.send({ method: 'GET', url }), (error: Error) => {
      assert.match(error.message, /^GET http:\/\/127\.0\.0\.1:\d+\/a failed: .+$/);
      return !error.message.includes('hunter2');
    });
    await assert.rejects(transport.send({ method: 'GET', url }), {
      name: 'NoAnswer',
      mayPass: true,
      wasSent: true,
    });
  });

  it('does not wait for ever', async (t) => {
    const { service, transport } = await serviceAndTransport(t, { timeoutSeconds: 1 });
    service.fail({ late: 5000 });

    await assert.rejects(transport.send({ method: 'GET', url: service.url }), /UND_ERR_HEADERS_TIMEOUT/);
  });

  it('waits no longer than three times the time-out for an answer that trickles in', async (t) => {
    const trickling = createServer((_request, response) => {
      response.writeHead(200).write('{');
      const timer = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(timer));
    });
    await new Promise<void>((resolve) => trickling.listen(0, '127.0.0.1', resolve));
    const transport = undiciTransport({ section: 'swift', timeoutSeconds: 1 });
    t.after(async () => {
      await transport.close();
      trickling.close();
    });
    const url = `http://127.0.0.1:${(trickling.address() as { port: number }).port}/a`;

    await assert.rejects(transport.send({ method: 'GET', url }), {
      name: 'NoAnswer',
      mayPass: true,
      wasSent: true,
      message: `GET ${url} failed: the answer is not complete after 3 s (ETIMEDOUT)`,
    });
  });

  it('counts no time that a request waits for a free connection', async (t) => {
    const { service, transport } = await serviceAndTransport(t, {
      timeoutSeconds: 2,
      mostConnections: 1,
    });
    const slow = Array.from({ length: 6 }, () => ({ late: 450 }));
    service.fail(...slow);

    const answers = await Promise.all(slow.map(() => transport.send({ method: 'GET', url: service.url })));

    assert.ok(answers.every(({ status }) => status === 200));
  });

  it('takes no endless answer', async (t) => {
    const { service, transport } = await serviceAndTransport(t, { largestAnswer: 10 });

    await assert.rejects(transport.send({ method: 'GET', url: `${service.url}/more-than-that` }), {
      name: 'NoAnswer',
      mayPass: false,
    });
  });

  it('knows when nothing was sent', async () => {
    const transport = undiciTransport({ section: 'swift', timeoutSeconds: 1 });

    await assert.rejects(transport.send({ method: 'GET', url: 'http://127.0.0.1:1/' }), {
      mayPass: true,
      wasSent: false,
      message: /^GET http:\/\/127\.0\.0\.1:1\/ failed: .*ECONNREFUSED/,
    });
    await transport.close();
  });

  it('can be closed before it was used', async () => {
    await undiciTransport({ section: 'swift', timeoutSeconds: 1 }).close();
  });
});

describe('undiciTransport over TLS', () => {
  it('trusts nobody it does not know', async (t) => {
    const { service, transport } = await serviceAndTransport(t, {}, loopbackCertificate);

    await assert.rejects(transport.send({ method: 'GET', url: service.url }), {
      mayPass: false,
      message: /self.signed/i,
    });
  });

  it('trusts whom cafile names, and everybody when insecure', async (t) => {
    const { cert } = pemFiles();
    const trusting = await serviceAndTransport(t, { cafile: cert }, loopbackCertificate);
    const careless = await serviceAndTransport(t, { insecure: true }, loopbackCertificate);

    assert.equal((await trusting.transport.send({ method: 'GET', url: trusting.service.url })).status, 200);
    assert.equal((await careless.transport.send({ method: 'GET', url: careless.service.url })).status, 200);
  });

  it('shows its own certificate, with the key in a file of its own or in the same', async (t) => {
    const { cert, key, both } = pemFiles();
    const tls = { ...loopbackCertificate, ca: loopbackCertificate.cert, requestCert: true };

    for (const files of [{ certfile: cert, keyfile: key }, { certfile: both }]) {
      const { service, transport } = await serviceAndTransport(t, { cafile: cert, ...files }, tls);

      assert.equal((await transport.send({ method: 'GET', url: service.url })).status, 200);
    }
    const without = await serviceAndTransport(t, { cafile: cert }, tls);
    await assert.rejects(without.transport.send({ method: 'GET', url: without.service.url }), {
      name: 'NoAnswer',
    });
  });

  it('names the option whose file cannot be read, and reads it once it is there', async (t) => {
    const path = join(temporaryFolder().path, 'ca.pem');
    const { service, transport } = await serviceAndTransport(t, { cafile: path }, loopbackCertificate);

    await assert.rejects(transport.send({ method: 'GET', url: service.url }), {
      kind: 'invalid',
      message: /^\[swift\]cafile: expected a PEM file that can be read, got .*ca\.pem: ENOENT/,
    });
    writeFileSync(path, loopbackCertificate.cert);
    assert.equal((await transport.send({ method: 'GET', url: service.url })).status, 200);
  });

  it('refuses a key without a certificate', async (t) => {
    const { service, transport } = await serviceAndTransport(t, { keyfile: '/x' });

    await assert.rejects(
      transport.send({ method: 'GET', url: service.url }),
      /keyfile: expected certfile to be set, too/,
    );
  });
});

describe('undiciTransport with proxies', () => {
  it('goes through them but for the hosts that are excepted', async (t) => {
    const { cert } = pemFiles();
    const proxy = await tunnellingProxy(t);
    const http = { http: proxy.url, https: '', except: '' };
    const plain = await serviceAndTransport(t, { proxies: http });
    const secure = await serviceAndTransport(
      t,
      { cafile: cert, proxies: { http: '', https: proxy.url, except: '' } },
      loopbackCertificate,
    );
    const excepted = await serviceAndTransport(t, { proxies: { ...http, except: 'other.org,127.0.0.1' } });

    for (const { service, transport } of [plain, secure, excepted]) {
      assert.equal((await transport.send({ method: 'GET', url: `${service.url}/x` })).status, 200);
    }
    const hostOf = (url: string) => new URL(url).host;
    assert.deepEqual(proxy.asked, [hostOf(plain.service.url), hostOf(secure.service.url)]);
  });

  it('shows them the user and the password of their URL', async (t) => {
    const { cert } = pemFiles();
    const proxy = await tunnellingProxy(t, 'Basic dTpwQHc=');
    const known = proxy.url.replace('//', '//u:p%40w@');
    const requests = async (url: string) => {
      const proxies = { http: url, https: url, except: '' };
      const plain = await serviceAndTransport(t, { proxies });
      const secure = await serviceAndTransport(t, { proxies, cafile: cert }, loopbackCertificate);
      return [plain, secure].map(({ service, transport }) =>
        transport.send({ method: 'GET', url: `${service.url}/x` }),
      );
    };

    for (const answer of await requests(known)) assert.equal((await answer).status, 200);
    const [plain, secure] = await requests(proxy.url);

    await assert.rejects(plain ?? Promise.resolve(), /failed: the proxy refuses our credentials \(407\)$/);
    await assert.rejects(secure ?? Promise.resolve(), /failed: Proxy response \(407\)/);
  });

  it('sends several requests at once through them', async (t) => {
    const proxy = await tunnellingProxy(t);
    const { service, transport } = await serviceAndTransport(t, {
      proxies: { http: proxy.url, https: '', except: '' },
    });
    service.fail({ late: 60_000 });
    const stuck = transport.send({ method: 'GET', url: `${service.url}/stuck` });
    stuck.catch(() => {});

    assert.equal((await transport.send({ method: 'GET', url: `${service.url}/x` })).status, 200);
  });

  it('does not wait for ever for one that is silent', async (t) => {
    const silent = createTcpServer((socket) => void socket.on('error', () => {}));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    t.after(() => silent.close());
    const proxy = `127.0.0.1:${(silent.address() as { port: number }).port}`;
    const proxies = { http: proxy, https: proxy, except: '' };
    const transport = undiciTransport({ section: 'swift', timeoutSeconds: 0.5, proxies });
    t.after(() => transport.close());

    for (const url of ['http://192.0.2.1/', 'https://192.0.2.1/']) {
      await assert.rejects(transport.send({ method: 'GET', url }), { name: 'NoAnswer', mayPass: true });
    }
  });
});

/**
 * A proxy that passes on requests for http URLs and makes tunnels, and the hosts that it was asked for.
 *
 * @param credentials without which it refuses
 */
async function tunnellingProxy(t: TestContext, credentials?: string) {
  const asked: string[] = [];
  const isRefused = ({ headers }: IncomingMessage) =>
    credentials !== undefined && headers['proxy-authorization'] !== credentials;
  const server = createServer((request, response) => {
    if (isRefused(request)) {
      response.writeHead(407).end();
      return;
    }
    asked.push(new URL(request.url ?? '').host);
    fetch(request.url ?? '').then(
      async (answer) => response.writeHead(answer.status).end(await answer.text()),
      () => response.destroy(),
    );
  });
  server.on('connect', (request, socket) => {
    if (isRefused(request)) {
      socket.end('HTTP/1.1 407 Who are you\r\n\r\n');
      return;
    }
    asked.push(request.url ?? '');
    const [host, port] = (request.url ?? '').split(':');
    const upstream = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [upstream, socket]) end.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, url: `http://127.0.0.1:${(server.address() as { port: number }).port}` };
}

describe('shownUrl', () => {
  it('leaves out user, password and query', () => {
    assert.equal(shownUrl('https://u:p@host:5000/v3?a=b#c'), 'https://host:5000/v3');
    assert.equal(shownUrl('secret'), 'an address that is no URL');
  });
});
