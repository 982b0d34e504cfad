import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { processorTime } from '../../../../testing/processor-time.ts';
import { matchesPath } from './access-rules.ts';

describe('matchesPath', () => {
  for (const [pattern, path, expected] of [
    ['/v1/x', '/v1/x', true],
    ['/v1/x', '/v1/xy', false],
    ['/v1/x', '/v1', false],
    ['/v1/*', '/v1/x', true],
    ['/v1/*', '/v1/', false],
    ['/v1/*', '/v1/x/y', false],
    ['/v1/*/y', '/v1/x/y', true],
    ['/v1/{node}/data', '/v1/a-b/data', true],
    ['/v1/**', '/v1/x/y', true],
    ['/v1/**', '/v1/', true],
    ['**/data', '/v1/x/data', true],
    ['/v1/{', '/v1/{', true],
    ['/v1/.', '/v1/x', false],
    ['', '/', false],
  ] as const) {
    it(`is ${expected} for ${pattern} and ${path}`, () => {
      assert.equal(matchesPath(pattern, path), expected);
    });
  }

  it('takes no longer for what a regular expression would take for ever for', () => {
    const spent = processorTime();

    matchesPath('/**'.repeat(80), `/${'a/'.repeat(4000)}b`);

    assert.ok(spent() < 2000);
  });
});
