import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { mysqlTls, postgresqlTls, tlsOptions } from './tls-settings.ts';

const of = (text: string) => new Map(new URLSearchParams(text));
const files = { ca: null, cert: null, key: null };
const unverified = { verifyCertificate: false, verifyHost: false, ...files };
const off = { mode: 'off' };

describe('TLS of PostgreSQL', () => {
  const cases: [string, unknown][] = [
    ['', { mode: 'prefer', ...unverified }],
    ['sslmode=disable', off],
    ['sslmode=allow', { mode: 'prefer', ...unverified }],
    ['sslmode=prefer', { mode: 'prefer', ...unverified }],
    ['sslmode=require', { mode: 'require', ...unverified }],
    [
      'sslmode=require&sslrootcert=/ca',
      { mode: 'require', ...unverified, verifyCertificate: true, ca: '/ca' },
    ],
    ['sslmode=verify-ca', { mode: 'require', ...unverified, verifyCertificate: true }],
    [
      'sslmode=verify-full&sslrootcert=/ca&sslcert=/cert&sslkey=/key',
      { mode: 'require', verifyCertificate: true, verifyHost: true, ca: '/ca', cert: '/cert', key: '/key' },
    ],
    [
      'sslmode=verify-full&sslrootcert=system',
      { mode: 'require', verifyCertificate: true, verifyHost: true, ...files },
    ],
  ];
  for (const [parameters, settings] of cases) {
    it(`is that of libpq for "${parameters}"`, () => {
      assert.deepEqual(postgresqlTls(of(parameters)).settings, settings);
    });
  }

  it('refuses a mode that libpq does not know', () => {
    assert.throws(() => postgresqlTls(of('sslmode=maybe')), {
      kind: 'invalid',
      message:
        '[database]connection: expected one of disable, allow, prefer, require, verify-ca, verify-full for the parameter "sslmode"',
    });
  });
});

describe('TLS of MySQL', () => {
  const verified = { mode: 'require', verifyCertificate: true, verifyHost: true, ...files, ca: '/ca' };
  const cases: [string, unknown][] = [
    ['', off],
    ['charset=utf8', off],
    ['ssl_disabled=true&ssl_ca=/ca', off],
    ['ssl_mode=DISABLED&ssl_ca=/ca', off],
    ['ssl_ca=/ca', verified],
    ['ssl_ca=/ca&ssl_check_hostname=false', { ...verified, verifyHost: false }],
    ['ssl_ca=/ca&ssl_verify_identity=False', { ...verified, verifyHost: false }],
    [
      'ssl_ca=/ca&ssl_verify_cert=0&ssl_verify_identity=0',
      { ...verified, verifyCertificate: false, verifyHost: false },
    ],
    ['ssl_cert=/cert&ssl_key=/key', { mode: 'require', ...unverified, cert: '/cert', key: '/key' }],
    ['ssl_verify_cert=true', { mode: 'require', ...unverified, verifyCertificate: true }],
    ['ssl_verify_identity=1', { mode: 'require', verifyCertificate: true, verifyHost: true, ...files }],
    ['ssl_mode=preferred', { mode: 'prefer', ...unverified }],
    ['ssl_mode=REQUIRED&ssl_ca=/ca', { mode: 'require', ...unverified, ca: '/ca' }],
    [
      'ssl_mode=VERIFY_CA&ssl_ca=/ca',
      { mode: 'require', verifyCertificate: true, verifyHost: false, ...files, ca: '/ca' },
    ],
    ['ssl_mode=VERIFY_IDENTITY&ssl_ca=/ca', verified],
  ];
  for (const [parameters, settings] of cases) {
    it(`is that of PyMySQL and mysqlclient for "${parameters}"`, () => {
      assert.deepEqual(mysqlTls(of(parameters)).settings, settings);
    });
  }

  it('refuses what is neither yes nor no', () => {
    assert.throws(() => mysqlTls(of('ssl_verify_cert=perhaps')), {
      kind: 'invalid',
      message: /true, false, 1, 0/,
    });
  });
});

describe('tlsOptions', () => {
  it('are none without encryption', () => {
    assert.equal(tlsOptions({ mode: 'off' }), null);
  });

  it('have the contents of the files', () => {
    const folder = temporaryFolder();
    for (const name of ['ca', 'cert', 'key']) writeFileSync(join(folder.path, name), `the ${name}`);

    const options = tlsOptions({
      mode: 'require',
      verifyCertificate: true,
      verifyHost: true,
      ca: join(folder.path, 'ca'),
      cert: join(folder.path, 'cert'),
      key: join(folder.path, 'key'),
    });

    assert.deepEqual(options, { rejectUnauthorized: true, ca: 'the ca', cert: 'the cert', key: 'the key' });
  });

  it('take any host when it is not to be verified', () => {
    const options = tlsOptions({ mode: 'prefer', ...unverified });

    assert.equal(options?.rejectUnauthorized, false);
    assert.equal(options?.checkServerIdentity?.('db', {} as never), undefined);
  });

  it('name a file that cannot be read', () => {
    const settings = { mode: 'require', ...unverified, ca: '/nowhere/ca.pem' } as const;

    assert.throws(() => tlsOptions(settings), {
      kind: 'invalid',
      message: /^\[database\]connection: cannot read a TLS file: .*\/nowhere\/ca\.pem/,
    });
  });
});
