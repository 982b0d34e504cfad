import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { identityUrl } from './identity-url.ts';

/** The URL that is found where the versions are told like this, and what was asked. */
async function found(authUrl: string, document: unknown) {
  const asked: string[] = [];
  const url = await identityUrl(authUrl, {
    async send({ url: target }) {
      asked.push(target);
      return { status: 300, headers: {}, body: Buffer.from(JSON.stringify(document)) };
    },
    close: async () => {},
  });
  return { url, asked };
}

const link = (href: string) => [{ rel: 'self', href }];

describe('identityUrl', () => {
  it('asks nothing about a URL of the API v3', async () => {
    assert.deepEqual(await found('https://k/identity/v3/', {}), { url: 'https://k/identity/v3', asked: [] });
  });

  const cases: readonly (readonly [string, unknown, string])[] = [
    [
      'http://k:5000',
      { versions: { values: [{ id: 'v3.14', links: link('http://k:5000/v3/') }] } },
      'http://k:5000/v3',
    ],
    [
      'http://k/identity',
      { versions: [{ id: 'v2.0' }, { id: 'v3.1', links: link('/identity/v3') }] },
      'http://k/identity/v3',
    ],
    [
      'http://k:5000/v2.0',
      { version: { id: 'v2.0', links: link('http://k:5000/v2.0') } },
      'http://k:5000/v3',
    ],
    ['http://k', { version: { id: 'v3.14', links: link('http://[') } }, 'http://k/v3'],
    ['http://k', { version: { id: 'v3.14' } }, 'http://k/v3'],
    ['http://k', { versions: { values: 'many' } }, 'http://k/v3'],
    ['http://k', 7, 'http://k/v3'],
  ];
  for (const [authUrl, document, url] of cases) {
    it(`makes ${url} of ${authUrl} and ${JSON.stringify(document)}`, async () => {
      assert.equal((await found(authUrl, document)).url, url);
    });
  }
});
