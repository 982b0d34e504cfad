import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { proxiesOf, proxyUrl } from './proxies.ts';

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

describe('proxyUrl', () => {
  it('may lack the scheme', () => {
    assert.equal(proxyUrl('http_proxy', 'proxy:3128').href, 'http://proxy:3128/');
    assert.equal(proxyUrl('http_proxy', 'https://u:p@proxy').host, 'proxy');
  });

  for (const given of ['socks5://proxy:1080', 'http://', 'http://u:hunter2@pro xy']) {
    it(`refuses ${given}, and does not repeat what may be secret`, () => {
      assert.throws(() => proxyUrl('https_proxy', given), {
        kind: 'invalid',
        message: 'https_proxy in the environment: expected the URL of a proxy such as http://proxy:3128',
      });
    });
  }
});
