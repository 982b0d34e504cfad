// Shows this line of docs/compatibility.md: openapi-document.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiFakes } from '../../../testing/api-dependencies.ts';
import { askApi } from '../../../testing/ask-api.ts';
import { tokenAccess } from '../../../testing/token-access.ts';

describe('GET /v1/openapi.json', () => {
  it('is an OpenAPI document whose server is where the client has found it', async () => {
    const headers = { 'x-forwarded-prefix': '/pfx', 'x-forwarded-proto': 'https' };

    const response = await askApi(apiFakes(), 'GET /v1/openapi.json', { headers });

    assert.equal(response.statusCode, 200);
    assert.equal(response.headers['content-type'], 'application/json');
    assert.equal(response.json().openapi, '3.1.1');
    assert.deepEqual(response.json().servers, [{ url: 'https://api.example:5050/pfx' }]);
  });

  it('has what is configured', async () => {
    const response = await askApi(apiFakes({ options: { api_max_limit: 7 } }), 'GET /v1/openapi.json');

    const [limit] = response.json().paths['/v1/introspection'].get.parameters;
    assert.equal(limit.schema.maximum, 7);
  });

  it('has neither registry nor health check where they are not served', async () => {
    const response = await askApi(apiFakes(), 'GET /v1/openapi.json');

    const { paths, components } = response.json();
    assert.deepEqual(
      Object.keys(paths).filter((path) => /baremetal|health/.test(path)),
      [],
    );
    assert.equal(components.schemas.Node, undefined);
  });

  it('is asked without credentials, as /v1 is', async () => {
    const fakes = apiFakes({ access: tokenAccess() });

    const responses = await Promise.all(
      ['/v1', '/v1/openapi.json', '/v1/docs', '/v1/rules'].map((path) => askApi(fakes, `GET ${path}`)),
    );

    assert.deepEqual(
      responses.map(({ statusCode }) => statusCode),
      [200, 200, 200, 401],
    );
  });

  it('stands in the way of nothing else', async () => {
    const others = ['/v1/openapi', '/v1/openapi.json/x', '/openapi.json', '/docs', '/v2/openapi.json'];

    const responses = await Promise.all(others.map((path) => askApi(apiFakes(), `GET ${path}`)));

    assert.deepEqual(
      responses.map(({ statusCode }) => statusCode),
      others.map(() => 404),
    );
  });
});
