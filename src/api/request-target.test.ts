import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseTarget } from './request-target.ts';

describe('parseTarget', () => {
  const segments: readonly (readonly [string, readonly string[]])[] = [
    ['/', []],
    ['', []],
    ['*', ['*']],
    ['/v1', ['v1']],
    ['/v1/', ['v1']],
    ['//v1', ['v1']],
    ['/v%31', ['v1']],
    ['/v1%20', ['v1 ']],
    ['/v1%2Fcontinue', ['v1', 'continue']],
    ['/v1/%2e%2e/v1', ['v1', '..', 'v1']],
    ['/%C3%A9', ['é']],
    ['/%E9', ['\ufffd']],
    ['/%zz%4', ['%zz%4']],
    ['/a?b/c', ['a']],
    ['/a#b/c', ['a']],
    ['http://host:1/v1?x', ['v1']],
    ['HTTPS://host', []],
  ];
  for (const [target, parts] of segments) {
    it(`cuts ${target}`, () => {
      assert.deepEqual(parseTarget(target).segments, parts);
    });
  }

  const doubled: readonly (readonly [string, string])[] = [
    ['/v1//rules', '/v1/rules'],
    ['/v1/rules//', '/v1/rules/'],
    ['//v1///x', '/v1/x'],
    ['/a%2F%2Fb', '/a/b'],
    ['/a//%3F%23%C3%A9%25', '/a/%3F%23%C3%A9%25'],
  ];
  for (const [target, clean] of doubled) {
    it(`cleans ${target}`, () => {
      const parsed = parseTarget(target);

      assert.equal(parsed.hasDoubleSlash, true);
      assert.equal(parsed.cleanPath, clean);
    });
  }

  for (const target of ['/', '//', '///v1', '/v1/', '/v1?a//b']) {
    it(`sees no double slash in ${target}`, () => {
      assert.equal(parseTarget(target).hasDoubleSlash, false);
    });
  }

  it('keeps the query, in ASCII', () => {
    assert.equal(parseTarget('/v1?a=b&c=%20?d#e').search, '?a=b&c=%20?d');
    assert.equal(parseTarget('/v1?a=é\ud800').search, '?a=%C3%A9%EF%BF%BD');
    assert.equal(parseTarget('/v1').search, '');
  });
});
