import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiFakes } from '../../../testing/api-dependencies.ts';
import { askApi } from '../../../testing/ask-api.ts';

describe('GET /', () => {
  for (const path of ['/', '//', '/?x=1']) {
    it(`tells the version and where it is, for ${path}`, async () => {
      const response = await askApi(apiFakes(), `GET ${path}`);

      assert.equal(response.statusCode, 200);
      assert.equal(response.headers['content-type'], 'application/json');
      assert.equal(
        response.body,
        '{"versions":[{"id":"1.18","links":[{"href":"http://api.example:5050/v1","rel":"self"}],"status":"CURRENT"}]}\n',
      );
    });
  }
});
