import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { announcedService, instanceName, type Resolve } from './announced-service.ts';

const found: Resolve = async () => [
  { address: '192.0.2.7' },
  { address: 'fd00::7' },
  { address: '192.0.2.7' },
];
const never: Resolve = async () => assert.fail('an address needs no resolving');

describe('what is announced of an endpoint', () => {
  it('is its host with every address, each once', async () => {
    const service = await announcedService('http://inspector.example:5050', {}, found);

    assert.deepEqual(service, {
      target: 'inspector.example',
      port: 5050,
      addresses: ['192.0.2.7', 'fd00::7'],
      properties: ['protocol=http'],
    });
  });

  for (const [endpoint, address] of [
    ['http://192.0.2.7:5050', '192.0.2.7'],
    ['https://[fd00::7]:5050', 'fd00::7'],
  ] as const) {
    it(`has the instance in place of a host for ${endpoint}`, async () => {
      const { target, addresses } = await announcedService(endpoint, {}, never);

      assert.deepEqual([target, addresses], [instanceName, [address]]);
    });
  }

  const known: readonly (readonly [string, number, readonly string[]])[] = [
    ['http://h.example', 80, []],
    ['http://h.example:80/', 80, []],
    ['https://h.example', 443, []],
    ['https://h.example.:443/', 443, []],
    ['https://h.example:80', 80, ['protocol=https']],
    ['http://h.example:443', 443, ['protocol=http']],
    ['https://h.example/inspector', 443, ['path=/inspector']],
    ['http://h.example:5050/a/b', 5050, ['path=/a/b', 'protocol=http']],
  ];
  for (const [endpoint, port, properties] of known) {
    it(`says of ${endpoint} no more than the port does not`, async () => {
      const service = await announcedService(endpoint, {}, found);

      assert.deepEqual([service.port, service.properties], [port, properties]);
      assert.equal(service.target, 'h.example');
    });
  }

  it('has the properties of the configuration, which path and protocol win over', async () => {
    const params = { ipa_debug: '1', path: '/wrong', protocol: 'ftp', note: 'ä, b' };

    const { properties } = await announcedService('http://h.example:5050/right', params, found);

    assert.deepEqual(properties, ['ipa_debug=1', 'path=/right', 'protocol=http', 'note=ä, b']);
  });

  it('is refused when the host has no address', async () => {
    const unknown = announcedService('http://h.example', {}, async () => {
      throw new Error('getaddrinfo ENOTFOUND h.example');
    });
    const empty = announcedService('http://h.example', {}, async () => []);

    await assert.rejects(unknown, {
      kind: 'unavailable',
      message: /^mDNS: Could not resolve hostname h\.example: getaddrinfo ENOTFOUND h\.example; check/,
    });
    await assert.rejects(empty, { message: /^mDNS: No suitable addresses found for h\.example; check/ });
  });

  it('is refused when it does not fit into a record', async () => {
    const longest = { k: 'x'.repeat(253) };

    const fits = await announcedService('http://h.example', longest, found);
    const tooLong = announcedService('http://h.example', { k: 'x'.repeat(254) }, found);
    const badKey = announcedService('http://h.example', { 'a=b': '1' }, found);
    const badHost = announcedService(`http://${'h'.repeat(64)}.example`, {}, found);

    assert.equal(fits.properties.length, 1);
    await assert.rejects(tooLong, {
      kind: 'invalid',
      message: '[mdns]params: expected at most 255 bytes for key and value of k, got 256',
    });
    await assert.rejects(badKey, { message: /^\[mdns\]params: expected keys of printable ASCII/ });
    await assert.rejects(badHost, { message: /expected an endpoint with a host name as DNS has them/ });
  });
});
