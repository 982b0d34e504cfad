import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isExcepted } from './proxy-exceptions.ts';

describe('no_proxy', () => {
  const cases: readonly (readonly [except: string, url: string, expected: boolean])[] = [
    ['', 'http://host/', false],
    [' , ', 'http://host/', false],
    ['*', 'http://host/', true],
    ['other, host', 'http://HOST/', true],
    ['host.', 'http://host/', false],
    ['host', 'http://host./', true],
    ['host', 'http://ghost/', false],
    ['example.org', 'https://ironic.example.org/', true],
    ['.example.org', 'https://example.org/', true],
    ['*.example.org', 'https://ironic.example.org/', true],
    ['example.org', 'https://badexample.org/', false],
    ['host:6385', 'http://host:6385/', true],
    ['host:6385', 'http://host:5000/', false],
    ['host:443', 'https://host/', true],
    ['192.0.2.1', 'http://192.0.2.1:80/', true],
    ['192.0.2.0/24', 'http://192.0.2.77/', true],
    ['192.0.2.0/24', 'http://192.0.3.1/', false],
    ['0.0.0.0/0', 'http://192.0.3.1/', true],
    ['192.0.2.0/33', 'http://192.0.2.77/', false],
    ['192.0.2.0/', 'http://192.0.2.77/', false],
    ['192.0.2.0/24', 'http://host/', false],
    ['2001:db8::1', 'http://[2001:db8::1]:6385/', true],
    ['[2001:db8::1]:6385', 'http://[2001:db8::1]:6385/', true],
    ['[2001:db8::1]:6385', 'http://[2001:db8::1]/', false],
    ['2001:db8::/32', 'http://[2001:db8::1]/', true],
    ['192.0.2.0/24', 'http://[2001:db8::1]/', false],
    ['a:b:c', 'http://host/', false],
  ];
  for (const [except, url, expected] of cases) {
    it(`'${except}' ${expected ? 'excepts' : 'does not except'} ${url}`, () => {
      assert.equal(isExcepted(new URL(url), except), expected);
    });
  }
});
