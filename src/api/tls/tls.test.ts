// Shows these lines of docs/compatibility.md: tls-minimum-version, tls-checked-at-start, tls-reload.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { apiFakes } from '../../../testing/api-dependencies.ts';
import { loopbackCertificate } from '../../../testing/loopback-certificate.ts';
import { type RecordingLogger, recordingLogger } from '../../../testing/recording-logger.ts';
import { renewedCertificate } from '../../../testing/renewed-certificate.ts';
import { settableClock } from '../../../testing/settable-clock.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { defaultsOf } from '../../config/option.ts';
import { drain } from '../drain.ts';
import { listen } from '../listen.ts';
import { createApi } from '../server.ts';
import { openTls, type SecureServer } from './open-tls.ts';
import { type TlsOptions, tlsOptions } from './tls-options.ts';

const { cert, key } = loopbackCertificate;

/** The files of a certificate, and the options that name them. */
function files(changes: Partial<TlsOptions> = {}): TlsOptions & { cert_file: string; key_file: string } {
  const { path } = temporaryFolder();
  const cert_file = join(path, 'cert.pem');
  const key_file = join(path, 'key.pem');
  writeFileSync(cert_file, cert);
  writeFileSync(key_file, key);
  return { ...defaultsOf(tlsOptions), cert_file, key_file, ...changes } as ReturnType<typeof files>;
}

async function started(t: TestContext, options: TlsOptions, log: RecordingLogger = recordingLogger()) {
  const tls = openTls(options, log);
  const fakes = { ...apiFakes({ options: { use_ssl: true } }), log };
  const api = createApi(fakes, { tls });
  t.after(() => drain(api, 1));
  const place = { listen_address: '127.0.0.1', listen_port: 0, use_ssl: true };
  const { port, url } = await listen(api, place);
  return { api, port, url, reload: () => tls.reload(api.server as unknown as SecureServer) };
}

/** A connection after its handshake. @throws Error where the server does not want it. */
async function connected(port: number, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connect({ port, host: '127.0.0.1', ca: cert, ...options });
  await once(socket, 'secureConnect');
  return socket;
}

async function exchange(socket: TLSSocket): Promise<string> {
  socket.setEncoding('latin1');
  socket.write('GET /v1 HTTP/1.1\r\nConnection: close\r\n\r\n');
  let text = '';
  socket.on('data', (chunk: string) => {
    text += chunk;
  });
  await once(socket, 'close');
  return text;
}

describe('the API over TLS', () => {
  it('answers with links of its scheme', async (t) => {
    const { port, url } = await started(t, files());

    const answer = await exchange(await connected(port));

    assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
    assert.ok(answer.includes(`"href":"https://127.0.0.1:${port}/v1/continue"`));
    assert.equal(url, `https://127.0.0.1:${port}`);
  });

  it('goes on after somebody who does not speak TLS, and says nothing to them', async (t) => {
    const { port } = await started(t, files());
    const plain = connectTcp(port, '127.0.0.1').on('error', () => undefined);
    let heard = '';
    plain.setEncoding('latin1').on('data', (chunk: string) => {
      heard += chunk;
    });

    plain.write('GET / HTTP/1.1\r\n\r\n');
    await once(plain, 'close');

    assert.doesNotMatch(heard, /HTTP/);
    assert.match(await exchange(await connected(port)), /^HTTP\/1\.1 200/);
  });

  it('stops although connections are open that never said anything', async (t) => {
    const { api, port } = await started(t, files());
    const silent = connectTcp(port, '127.0.0.1').on('error', () => undefined);
    await once(silent, 'connect');
    const quiet = (await connected(port)).on('error', () => undefined);
    const began = performance.now();

    await drain(api, 20);

    assert.ok(performance.now() - began < 15_000);
    silent.destroy();
    quiet.destroy();
  });

  it('asks clients for a certificate when there is an authority for them', async (t) => {
    const options = files();
    const { port } = await started(t, { ...options, ca_file: options.cert_file });

    const known = await exchange(await connected(port, { cert, key }));
    const unknown = request({ port, host: '127.0.0.1', ca: cert, path: '/v1' }).end();

    assert.match(known, /^HTTP\/1\.1 200/);
    await assert.rejects(once(unknown, 'response'), /certificate required|ECONNRESET|socket hang up/i);
    const { cert: otherCert, key: otherKey } = renewedCertificate;
    const other = request({ port, host: '127.0.0.1', ca: cert, cert: otherCert, key: otherKey }).end();
    await assert.rejects(once(other, 'response'), /unknown ca|ECONNRESET|socket hang up/i);
  });

  it('speaks nothing older than TLS 1.2', async (t) => {
    const { port } = await started(t, files());
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' } as const;

    await assert.rejects(connected(port, old));
    const socket = await connected(port, { maxVersion: 'TLSv1.2' });

    assert.equal(socket.getProtocol(), 'TLSv1.2');
    socket.destroy();
  });

  for (const [version, expected] of [
    ['TLSv1_2', 'TLSv1.2'],
    ['tlsv1_3', 'TLSv1.3'],
    ['SSLv23', 'TLSv1.3'],
  ] as const) {
    it(`speaks ${expected} where [ssl]version is ${version}`, async (t) => {
      const { port } = await started(t, files({ version }));

      const socket = await connected(port);

      assert.equal(socket.getProtocol(), expected);
      socket.destroy();
    });
  }

  it('offers the ciphers that are configured', async (t) => {
    const ciphers = 'ECDHE-ECDSA-AES128-GCM-SHA256';
    const { port } = await started(t, files({ version: 'TLSv1_2', ciphers }));

    const socket = await connected(port);

    assert.equal(socket.getCipher().name, ciphers);
    socket.destroy();
  });

  it('takes a new certificate for new connections, and keeps those that are open', async (t) => {
    const options = files();
    const { port, reload } = await started(t, options);
    const before = await connected(port);
    writeFileSync(options.cert_file, renewedCertificate.cert);
    writeFileSync(options.key_file, renewedCertificate.key);

    reload();

    const after = await connected(port, { ca: renewedCertificate.cert });
    assert.equal(after.getPeerCertificate().serialNumber, '02');
    assert.equal(before.getPeerCertificate().serialNumber, '01');
    assert.match(await exchange(before), /^HTTP\/1\.1 200/);
    after.destroy();
  });

  it('keeps its certificate when the new one does not work', async (t) => {
    const options = files();
    const log = recordingLogger();
    const { port, reload } = await started(t, options, log);
    writeFileSync(options.cert_file, renewedCertificate.cert);

    reload();

    assert.match(log.at('error').join(), /^The certificate was not read again, .* not the key of the certif/);
    const socket = await connected(port);
    assert.equal(socket.getPeerCertificate().serialNumber, '01');
    socket.destroy();
  });
});

describe('[ssl] that does not work', () => {
  const encrypted = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' },
  }).privateKey;
  const given = { ...defaultsOf(tlsOptions), cert_file: '/cert', key_file: '/key' };
  const content = { '/cert': cert, '/key': key, '/ca': cert, '/empty': '' } as Record<string, string>;
  const read = (path: string): string => {
    if (content[path] === undefined) throw new Error(`ENOENT: no such file, open '${path}'`);
    return content[path];
  };
  content['/encrypted'] = encrypted;
  content['/other'] = renewedCertificate.key;

  const cases: readonly (readonly [string, Partial<TlsOptions>, RegExp])[] = [
    ['no certificate', { cert_file: null }, /use_ssl is true, and \[ssl\]cert_file is not set/],
    ['no key', { key_file: '' }, /\[ssl\]key_file is not set/],
    ['no such certificate', { cert_file: '/no' }, /^\[ssl\]cert_file: cannot read \/no: ENOENT/],
    ['no such key', { key_file: '/no' }, /^\[ssl\]key_file: cannot read \/no: ENOENT/],
    ['no such authority', { ca_file: '/no' }, /^\[ssl\]ca_file: cannot read \/no: ENOENT/],
    [
      'no certificate in the file',
      { cert_file: '/empty' },
      /cert_file: expected a certificate in PEM in \/emp/,
    ],
    ['no key in the file', { key_file: '/cert' }, /key_file: expected a private key in PEM in \/cert/],
    ['no authority in the file', { ca_file: '/key' }, /ca_file: expected a certificate in PEM in \/key/],
    [
      'the key of another',
      { key_file: '/other' },
      /key_file: \/other is not the key of the certificate in \/c/,
    ],
    [
      'an encrypted key',
      { key_file: '/encrypted' },
      /is encrypted: expected a key without a passphrase; "openssl/,
    ],
    ['an unknown version', { version: 'TLSv9' }, /version: expected TLSv1_2, TLSv1_3 or SSLv23, got TLSv9/],
    ['unknown ciphers', { ciphers: 'NOPE' }, /^\[ssl\]ciphers or cert_file do not work: .*cipher/i],
  ];
  for (const [name, changes, message] of cases) {
    it(`is refused at the start: ${name}`, () => {
      assert.throws(() => openTls({ ...given, ...changes }, recordingLogger(), { read }), {
        kind: 'invalid',
        message,
      });
    });
  }

  for (const version of ['TLSv1', 'TLSv1_1', 'SSLv3', 'SSLv2']) {
    it(`comes to TLS 1.2 for ${version}, with a warning`, () => {
      const log = recordingLogger();

      const { serverOptions } = openTls({ ...given, version }, log, { read });

      assert.equal(serverOptions.minVersion, 'TLSv1.2');
      assert.match(log.at('warning').join(), new RegExp(`version: ${version} is not offered any more`));
    });
  }

  it('is a certificate that is out of date, which is told', () => {
    const log = recordingLogger();

    openTls(given, log, { read, clock: settableClock('2121-01-01T00:00:00Z') });

    assert.match(log.at('warning').join(), /^The certificate of CN=localhost is out of date since 2120-/);
  });
});
