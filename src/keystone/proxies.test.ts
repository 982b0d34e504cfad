import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { proxiesOf } from './proxies.ts';

describe('proxiesOf', () => {
  it('reads the usual variables, the lower case first', () => {
    assert.deepEqual(proxiesOf({ http_proxy: 'a', HTTP_PROXY: 'b', HTTPS_PROXY: 'c', NO_PROXY: 'd' }), {
      http: 'a',
      https: 'c',
      except: 'd',
    });
  });

  it('takes all_proxy for both, and knows of none in an empty environment', () => {
    assert.deepEqual(proxiesOf({ all_proxy: 'a', https_proxy: 'b' }), { http: 'a', https: 'b', except: '' });
    assert.deepEqual(proxiesOf({}), { http: '', https: '', except: '' });
  });
});
