import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { callSiteFinder } from './call-site.ts';

describe('a call site', () => {
  it('is the first frame that is not of the loggers', () => {
    const logger = new URL('./logger.ts', import.meta.url).href;
    const callSite = callSiteFinder();
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

  describe('in an installed package', () => {
    const chunk = new URL('../../dist/chunks/chunk-A.js', import.meta.url).href;
    const stack = `Error: x\n    at debug (${chunk}:1:1)\n    at run (${chunk}:2:1)`;
    // Its first line is line 1 of the logger, its second one line 5 of the second source.
    const sources = ['../../src/logging/logger.ts', '../../src/conductor/worker-pool.ts'];
    const map = JSON.stringify({ version: 3, sources, names: [], mappings: 'AAAA;ACIA' });

    it('is a place in the sources, by a map that is read once', () => {
      const read: string[] = [];
      const callSite = callSiteFinder((url) => {
        read.push(url);
        return map;
      });

      const sites = [callSite(stack), callSite(stack)];

      const pathname = fileURLToPath(new URL('../conductor/worker-pool.ts', import.meta.url));
      const site = { funcName: 'run', pathname, lineno: 5 };
      assert.deepEqual(sites, [site, site]);
      assert.deepEqual(read, [chunk]);
    });

    it('is a place in the compiled file where that has no map', () => {
      const callSite = callSiteFinder();

      assert.deepEqual(callSite(stack), { funcName: 'debug', pathname: fileURLToPath(chunk), lineno: 1 });
    });
  });
});
