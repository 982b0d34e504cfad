import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseTransportUrl } from './transport-url.ts';

const addresses = (url: string) =>
  parseTransportUrl(url).addresses.map(({ host, port }) => `${host} ${port ?? '-'}`);

describe('parseTransportUrl', () => {
  it('takes a URL apart', () => {
    const url = parseTransportUrl(
      'rabbit://us%40er:p%2Fw%3A@broker:5673/vh%2Fost?ssl=1&ssl_ca_file=%2Fca.pem',
    );

    assert.equal(url.transport, 'rabbit');
    assert.deepEqual(url.addresses, [{ host: 'broker', port: 5673 }]);
    assert.deepEqual([url.username, url.password, url.virtualHost], ['us@er', 'p/w:', 'vh/ost']);
    assert.deepEqual(Object.fromEntries(url.parameters), { ssl: '1', ssl_ca_file: '/ca.pem' });
  });

  it('means the guest of this machine when nothing is said', () => {
    for (const text of ['rabbit://', 'rabbit:///', 'RABBIT://']) {
      const { addresses: found, username, password, virtualHost } = parseTransportUrl(text);

      assert.deepEqual(found, [{ host: 'localhost', port: undefined }]);
      assert.deepEqual([username, password, virtualHost], ['guest', 'guest', '/']);
    }
  });

  it('knows several hosts, IPv6 addresses and missing ports', () => {
    const url = 'rabbit://u:p@one:1,u:p@[fd00::1]:2,three,[::1],:5,u:p@six:/v';

    const found = addresses(url);

    assert.deepEqual(found, ['one 1', 'fd00::1 2', 'three -', '::1 -', 'localhost 5', 'six -']);
  });

  it('takes the user that any of the hosts has, and a password with colons and at signs', () => {
    const first = parseTransportUrl('rabbit://one,u:p:@q@two');
    const bare = parseTransportUrl('rabbit://only@one');

    assert.deepEqual([first.username, first.password], ['u', 'p:@q']);
    assert.deepEqual([bare.username, bare.password], ['only', '']);
  });

  it('leaves a percent sign alone that begins no character', () => {
    assert.equal(parseTransportUrl('rabbit://u:100%@h').password, '100%');
  });

  it('knows the transport without a broker', () => {
    assert.equal(parseTransportUrl('fake://').transport, 'fake');
  });

  const refused = {
    broker: /expected rabbit:\/\/user/,
    'rabbit:/x': /expected rabbit:\/\/user/,
    'rabbit://u:secret#p@h': /percent-encoded/,
    'kafka://h': /expected the scheme rabbit or fake, got kafka/,
    'rabbit://u:secret@h,v:secret@i': /the same user and password for all hosts/,
    'rabbit://u:secret@[::1': /IPv6 addresses in brackets/,
    'rabbit://u:secret@fd00::1': /IPv6 addresses in brackets/,
    'rabbit://u:secret@h:port': /IPv6 addresses in brackets/,
    'rabbit://u:secret@h:0': /a port from 1 to 65535, got 0/,
    'rabbit://u:secret@h:65536': /a port from 1 to 65535, got 65536/,
  };
  for (const [url, message] of Object.entries(refused)) {
    it(`refuses ${url} and keeps its password to itself`, () => {
      assert.throws(
        () => parseTransportUrl(url),
        (error: Error & { kind?: string }) =>
          error.kind === 'invalid' && message.test(error.message) && !error.message.includes('secret'),
      );
    });
  }
});
