import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { callSite } from './call-site.ts';

describe('a call site', () => {
  it('is the first frame that is not of the loggers', () => {
    const logger = new URL('./logger.ts', import.meta.url).href;
    const stack = (line: string) =>
      `Error: x\n    at debug (${logger}:3:4)\n    at <anonymous>\n    at ${line}`;

    assert.deepEqual(callSite(stack('async Pool.run (file:///a%20b/c.ts:7:1)')), {
      funcName: 'run',
      pathname: '/a b/c.ts',
      lineno: 7,
    });
    assert.deepEqual(callSite(stack('/c.js:9:1')), { funcName: '<module>', pathname: '/c.js', lineno: 9 });
    assert.equal(callSite(stack('native')), undefined);
  });
});
