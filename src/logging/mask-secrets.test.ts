import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { processorTime } from '../../testing/processor-time.ts';
import { looksSecret, maskSecrets, maskSecretsInText } from './mask-secrets.ts';

describe('looksSecret', () => {
  for (const name of [
    'password',
    'ipmi_password',
    'redfish_password',
    'adminPass',
    'X-Auth-Token',
    'memcache_secret_key',
    'application_credential_secret',
    'ipmi_hex_kg_key',
    'snmp_priv_passphrase',
    'Authorization',
    'private-key',
    // The keys of the original's library.
    'admin_pass',
    'adminpass2',
    'new_pass',
    'secret_uuid',
    'sys_pswd',
    'configdrive',
    'chappassword',
    'encrypted_key',
    'fernetkey',
    'sslkey',
    'passphrase',
    'CephClusterFSID',
    'OctaviaHeartbeatKey',
    'RabbitCookie',
    'CephManilaClientKey',
    'PacemakerRemoteAuthkey',
    'DesignateRndcKey',
    'CephAdminKey',
    'HeatAuthEncryptionKey',
    'CephClientKey',
    'KeystoneCredential',
    'BarbicanSimpleCryptoKek',
    'CephRgwKey',
    'SwiftHashSuffix',
    'MigrationSshKey',
    'CephMdsKey',
    'CephMonKey',
  ]) {
    it(`knows ${name}`, () => assert.equal(looksSecret(name), true));
  }

  for (const name of [
    'username',
    'token_cache_time',
    'service_token_roles',
    'bypassed',
    'auth_url',
    'compass_dir',
    'key',
  ]) {
    it(`lets ${name} pass`, () => assert.equal(looksSecret(name), false));
  }
});

describe('maskSecrets', () => {
  it('masks members that look secret, at every depth', () => {
    const masked = maskSecrets({
      driver_info: { ipmi_address: '192.0.2.1', ipmi_password: 'pw', pins: [{ password: 1234 }] },
      token: { id: 'x' },
    });

    assert.deepEqual(masked, {
      driver_info: { ipmi_address: '192.0.2.1', ipmi_password: '***', pins: [{ password: '***' }] },
      token: '***',
    });
  });

  it('shows that a secret is unset', () => {
    const value = { password: null, token: '', secret: undefined, token_needed: true };

    assert.deepEqual(maskSecrets(value), value);
  });

  it('masks secrets inside texts, and leaves other values', () => {
    const date = new Date(0);

    assert.deepEqual(maskSecrets(['http://u:pw@h/', 5, true, null, date]), [
      'http://u:***@h/',
      5,
      true,
      null,
      date,
    ]);
  });

  it('does not touch its argument, and takes any name for an own member', () => {
    const value = JSON.parse('{"__proto__": {"password": "pw"}}');

    const masked = maskSecrets(value) as object;

    assert.deepEqual(Object.entries(masked), [['__proto__', { password: '***' }]]);
    assert.deepEqual(Object.entries(value), [['__proto__', { password: 'pw' }]]);
  });

  it('comes to an end on an object that holds itself', () => {
    const value: Record<string, unknown> = {};
    value['self'] = value;

    assert.match(JSON.stringify(maskSecrets(value, 2)), /^\{"self":\{"self":"…"\}\}$/);
  });
});

describe('maskSecretsInText', () => {
  it('knows options of commands and elements of XML', () => {
    assert.equal(
      maskSecretsInText('ipmitool --password pw -v --user bob'),
      'ipmitool --password *** -v --user bob',
    );
    assert.equal(
      maskSecretsInText('<password>a b</password><user>c</user>'),
      '<password>***</password><user>c</user>',
    );
    assert.equal(
      maskSecretsInText('the --token option, --secret --verbose'),
      'the --token *** --secret --verbose',
    );
  });

  for (const [text, expected] of [
    ['nothing here: at all', 'nothing here: at all'],
    ['mysql+pymysql://root:se:cr/et@127.0.0.1/x?a=b', 'mysql+pymysql://root:***@127.0.0.1/x?a=b'],
    ['rabbit://u:p1@a:5671,u:p2@b:5671/v', 'rabbit://u:***@b:5671/v'],
    ['redis://:pw@h:1', 'redis://:***@h:1'],
    ['see http://h:80/a@b and http://[::1]:80/a@b', 'see http://h:80/a@b and http://[::1]:80/a@b'],
    ['http://user@h/', 'http://user@h/'],
    ['http://h/a:b@c', 'http://h/a:b@c'],
    ['password=hunter2 user=x', 'password=*** user=x'],
    ['password: hunter2', 'password: ***'],
    ['{"password": "a \\" b", "user": "x"}', '{"password": "***", "user": "x"}'],
    ["{'ipmi_password': 'a'}", "{'ipmi_password': '***'}"],
    ['"{\\"password\\": \\"a\\"}"', '"{\\"password\\": \\"***\\"}"'],
    ['Authorization: Basic dXNlcjpwdw==', 'Authorization: ***'],
    ['X-Auth-Token: gAAAA', 'X-Auth-Token: ***'],
    ['a?token=x&user=y', 'a?token=***&user=y'],
    [
      '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4\nMII\n-----END RSA PRIVATE KEY-----',
      '-----BEGIN RSA PRIVATE KEY-----***-----END RSA PRIVATE KEY-----',
    ],
    ['-----BEGIN PRIVATE KEY-----\nMII', '-----BEGIN PRIVATE KEY-----***'],
  ] as const) {
    it(`makes ${JSON.stringify(expected)}`, () => assert.equal(maskSecretsInText(text), expected));
  }

  it('takes no longer than the text is long', () => {
    const spent = processorTime();

    for (const piece of [
      'a',
      'a="',
      'a=\\"',
      '://',
      '-----BEGIN PRIVATE KEY-----',
      ' ',
      'a: ',
      'a=\'a="',
      'a=basic ',
      '.',
    ]) {
      maskSecretsInText(piece.repeat(65_536 / piece.length));
    }

    assert.ok(spent() < 4000);
  });
});
