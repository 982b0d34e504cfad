// Shows this line of docs/compatibility.md: api-page.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { apiFakes } from '../../../testing/api-dependencies.ts';
import { askApi } from '../../../testing/ask-api.ts';
import { allRoutes } from './all-routes.ts';

describe('GET /v1/docs', () => {
  const page = (headers: Record<string, string> = {}) => askApi(apiFakes(), 'GET /v1/docs', { headers });

  it('is a page with every operation', async () => {
    const { statusCode, headers, body } = await page();

    assert.deepEqual([statusCode, headers['content-type']], [200, 'text/html; charset=utf-8']);
    for (const { documentation } of allRoutes(apiFakes())) {
      assert.match(body, new RegExp(`<article id="${documentation.id}"`));
    }
  });

  it('lets the browser use its own style and nothing else', async () => {
    const { headers, body } = await page();

    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(body) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    assert.equal(
      headers['content-security-policy'],
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'no-referrer');
  });

  it('has no script, and asks for nothing', async () => {
    const { body } = await page();

    assert.doesNotMatch(body, /<script|<link|<img|<iframe|<object|\sstyle=|\son\w+=|\ssrc=|@import|url\(/i);
  });

  it('has links that lead somewhere, and ids that stand once', async () => {
    const { body } = await page();

    const ids = [...body.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    const targets = [...body.matchAll(/\shref="([^"]*)"/g)].map(([, target = '']) => target);
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(
      targets.filter((target) => !(target.startsWith('#') && ids.includes(target.slice(1)))),
      ['http://api.example:5050/v1/openapi.json'],
    );
  });

  it('closes what it opens', async () => {
    const { body } = await page();

    const open: string[] = [];
    for (const [, slash, name = ''] of body.matchAll(/<(\/?)([a-z0-9]+)[^>]*>/g)) {
      if (['meta'].includes(name)) continue;
      if (slash === '') open.push(name);
      else assert.equal(open.pop(), name);
    }
    assert.deepEqual(open, []);
  });

  it('escapes where a proxy says it is', async () => {
    const { body } = await page({ 'x-forwarded-prefix': "/a&b'c" });

    assert.match(body, /<code>http:\/\/api\.example:5050\/a&amp;b&#39;c<\/code>/);
  });
});
