import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiFakes } from '../../../testing/api-dependencies.ts';
import { askApi, errorMessage } from '../../../testing/ask-api.ts';

describe('GET /<version>', () => {
  for (const path of ['/v1', '/v1/', '/v%31']) {
    it(`lists what there is, for ${path}`, async () => {
      const response = await askApi(apiFakes(), `GET ${path}`);

      assert.equal(response.statusCode, 200);
      assert.deepEqual(response.json(), {
        resources: ['continue', 'introspection', 'rules'].map((name) => ({
          links: [{ href: `http://api.example:5050/v1/${name}`, rel: 'self' }],
          name,
        })),
      });
    });
  }

  for (const version of ['v2', 'v1.18', 'V1', 'v', 'foo', 'v.', '(', 'static', 'healthcheck', '<version>']) {
    it(`knows no version ${version} (docs/compatibility.md, version-exact)`, async () => {
      const response = await askApi(apiFakes(), `GET /${encodeURIComponent(version)}`);

      assert.equal(response.statusCode, 404);
      assert.equal(errorMessage(response), `Version ${version} not found.`);
    });
  }
});
