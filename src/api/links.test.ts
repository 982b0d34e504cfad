import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { requestRoot } from './links.ts';

function root(headers: Record<string, string>, secure = false): string {
  return requestRoot({
    id: 'req-1',
    method: 'GET',
    target: '/',
    headers,
    secure,
    authority: '192.0.2.1:5050',
    readBody: async () => new Uint8Array(),
  });
}

describe('requestRoot', () => {
  const roots: readonly (readonly [Record<string, string>, string])[] = [
    [{ host: 'api.example:5050' }, 'http://api.example:5050'],
    [{ host: '[::1]:5050' }, 'http://[::1]:5050'],
    [{}, 'http://192.0.2.1:5050'],
    [{ host: 'api.example:80' }, 'http://api.example'],
    [{ host: 'h', 'x-forwarded-proto': 'https' }, 'https://h'],
    [{ host: 'h:443', 'x-forwarded-proto': 'https' }, 'https://h'],
    [{ host: 'h:80', 'x-forwarded-proto': 'https' }, 'https://h:80'],
    [{ host: 'h:1', 'x-forwarded-host': 'pub.example' }, 'http://pub.example'],
    [{ host: 'h:1', 'x-forwarded-host': 'pub.example:99' }, 'http://pub.example:99'],
    [{ host: 'h:1', 'x-forwarded-port': '8443' }, 'http://h:8443'],
    [{ 'x-forwarded-port': '8443' }, 'http://192.0.2.1:8443'],
    [{ host: '[::1]:1', 'x-forwarded-port': '2' }, 'http://[::1]:2'],
    [{ host: '[::1]', 'x-forwarded-port': '2' }, 'http://[::1]:2'],
    [{ host: 'h', 'x-forwarded-prefix': '/a/b/' }, 'http://h/a/b'],
    [{ host: 'h', 'x-forwarded-prefix': 'a' }, 'http://h/a'],
    [{ host: 'h', 'x-forwarded-prefix': '/' }, 'http://h'],
    [
      { host: 'h', 'x-forwarded-host': 'a.example, b.example', 'x-forwarded-proto': 'http, https' },
      'https://b.example',
    ],
    [
      {
        host: 'h',
        'x-forwarded-host': 'pub.example',
        'x-forwarded-port': '443',
        'x-forwarded-prefix': '/a/b/',
        'x-forwarded-proto': 'https',
      },
      'https://pub.example/a/b',
    ],
    [{ host: 'h', forwarded: 'host=f.example;proto=https' }, 'http://h'],
  ];
  for (const [headers, expected] of roots) {
    it(`makes ${expected} of ${JSON.stringify(headers)}`, () => {
      assert.equal(root(headers), expected);
    });
  }

  it('knows TLS', () => {
    assert.equal(root({ host: 'h:443' }, true), 'https://h');
  });

  const nonsense: readonly Record<string, string>[] = [
    { 'x-forwarded-proto': 'javascript' },
    { 'x-forwarded-proto': '' },
    { 'x-forwarded-host': 'a b' },
    { 'x-forwarded-host': 'user@evil/?' },
    { 'x-forwarded-port': 'x' },
    { 'x-forwarded-prefix': '/a b<>' },
  ];
  for (const headers of nonsense) {
    it(`does not believe ${JSON.stringify(headers)} (docs/compatibility.md, forwarded-nonsense)`, () => {
      assert.equal(root({ host: 'h', ...headers }), 'http://h');
    });
  }

  it('does not believe an odd Host', () => {
    assert.equal(root({ host: 'a"b' }), 'http://192.0.2.1:5050');
  });
});
