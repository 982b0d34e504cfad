// Shows these lines of docs/compatibility.md: rule-not-json, rule-size, rule-update.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiFakes } from '../../../testing/api-dependencies.ts';
import { askApi, errorMessage } from '../../../testing/ask-api.ts';

const uuid = '2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a01';
const actions = [{ action: 'fail', message: 'x' }];
const rule = JSON.stringify({ uuid, actions });
const version = (value: string) => ({ 'x-openstack-ironic-inspector-api-version': value });

describe('the rules of the API', () => {
  it('are created, listed and shown', async () => {
    const fakes = apiFakes();
    const body = `{"uuid": "${uuid}", "actions": [{"action": "set-attribute", "path": "a", "value": 1.0}]}`;

    const created = await askApi(fakes, 'POST /v1/rules', { body });
    const list = await askApi(fakes, 'GET /v1/rules/');
    const shown = await askApi(fakes, `GET /v1/rules/${uuid}/`);

    const links = `"links":[{"href":"/v1/rules/${uuid}","rel":"self"}],"scope":null,"uuid":"${uuid}"}`;
    const full = `{"actions":[{"action":"set-attribute","path":"a","value":1.0}],"conditions":[],"description":null,${links}\n`;
    assert.deepEqual([created.statusCode, created.body], [201, full]);
    assert.deepEqual([list.statusCode, list.body], [200, `{"rules":[{"description":null,${links}]}\n`]);
    assert.deepEqual([shown.statusCode, shown.body], [200, full]);
  });

  for (const [asked, status] of [
    ['1.0', 200],
    ['1.5', 200],
    ['1.6', 201],
    ['latest', 201],
  ] as const) {
    it(`answer a creation with ${status} in version ${asked}`, async () => {
      const answer = await askApi(apiFakes(), 'POST /v1/rules', { body: rule, headers: version(asked) });

      assert.equal(answer.statusCode, status);
    });
  }

  it('get a UUID when they come without one', async () => {
    const body = JSON.stringify({ actions });

    const answer = await askApi(apiFakes(), 'POST /v1/rules', { body });

    assert.match(answer.json<{ uuid: string }>().uuid, /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);
  });

  it('link without a host, below the prefix of a proxy', async () => {
    const headers = { 'x-forwarded-prefix': '/pfx', 'x-forwarded-host': 'pub.example' };

    const answer = await askApi(apiFakes(), 'POST /v1/rules', { body: rule, headers });

    const { links } = answer.json<{ links: { href: string }[] }>();
    assert.deepEqual(links, [{ href: `/pfx/v1/rules/${uuid}`, rel: 'self' }]);
  });

  it('link as the original quotes', async () => {
    const digits = uuid.replaceAll('-', '');
    for (const [spelling, quoted] of [
      [`{${digits}}`, `%7B${digits}%7D`],
      [`urn:${digits}`, `urn:${digits}`],
    ]) {
      const body = JSON.stringify({ uuid: spelling, actions });

      const answer = await askApi(apiFakes(), 'POST /v1/rules', { body });

      const { links } = answer.json<{ links: { href: string }[] }>();
      assert.equal(links[0]?.href, `/v1/rules/${quoted}`);
    }
  });

  it('are deleted one by one', async () => {
    const fakes = apiFakes();
    await askApi(fakes, 'POST /v1/rules', { body: rule });

    const deleted = await askApi(fakes, `DELETE /v1/rules/${uuid}`);
    const again = await askApi(fakes, `DELETE /v1/rules/${uuid}`);

    assert.deepEqual([deleted.statusCode, deleted.body], [204, '']);
    assert.equal(deleted.headers['content-type'], 'text/plain; charset=utf-8');
    assert.equal(deleted.headers['content-length'], '0');
    assert.deepEqual([again.statusCode, errorMessage(again)], [404, `Rule ${uuid} was not found`]);
  });

  for (const path of ['/v1/rules', '/v1/rules/']) {
    it(`are all deleted by DELETE ${path}`, async () => {
      const fakes = apiFakes();
      await askApi(fakes, 'POST /v1/rules', { body: rule });

      const deleted = await askApi(fakes, `DELETE ${path}`);

      assert.equal(deleted.statusCode, 204);
      assert.deepEqual((await askApi(fakes, 'GET /v1/rules')).json(), { rules: [] });
    });
  }

  it('refuse a UUID that is in use', async () => {
    const fakes = apiFakes();
    await askApi(fakes, 'POST /v1/rules', { body: rule });

    const again = await askApi(fakes, 'POST /v1/rules', { body: rule });

    assert.deepEqual([again.statusCode, errorMessage(again)], [409, `Rule with UUID ${uuid} already exists`]);
  });

  it('answer HEAD as GET', async () => {
    const list = await askApi(apiFakes(), 'HEAD /v1/rules');
    const one = await askApi(apiFakes(), `HEAD /v1/rules/${uuid}`);

    assert.deepEqual([list.statusCode, one.statusCode], [200, 404]);
  });

  it('take no POST with a UUID in the path', async () => {
    const answer = await askApi(apiFakes(), `POST /v1/rules/${uuid}`, { body: rule });

    assert.deepEqual([answer.statusCode, answer.headers.allow], [405, 'DELETE, GET, HEAD, OPTIONS']);
  });

  const refusals: readonly (readonly [string, number, RegExp])[] = [
    ['', 400, /^Invalid data: expected a JSON object, got an empty body$/],
    ['[]', 400, /^Invalid data: expected a JSON object, got list$/],
    ['{', 400, /^Invalid data: expected a JSON object, got malformed JSON/],
    ['{}', 400, /^Validation failed for actions: \[\] is too short/],
    [JSON.stringify({ actions, x: 'x'.repeat(1_048_576) }), 413, /^Rule too large: expected at most 1048576/],
  ];
  for (const [body, status, message] of refusals) {
    it(`refuse ${body.slice(0, 40) || 'nothing'}`, async () => {
      const answer = await askApi(apiFakes(), 'POST /v1/rules', { body });

      assert.equal(answer.statusCode, status);
      assert.match(errorMessage(answer), message);
    });
  }
});
