import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiFakes, nodeRecord } from '../../../testing/api-dependencies.ts';
import { askApi, errorMessage } from '../../../testing/ask-api.ts';

const record = nodeRecord();

describe('GET /v1/introspection/<node>', () => {
  for (const node of [record.uuid, record.uuid.toUpperCase(), 'node-1']) {
    it(`tells how far ${node} is`, async () => {
      const fakes = apiFakes({ records: [record], names: { 'node-1': record.uuid } });

      const response = await askApi(fakes, `GET /v1/introspection/${node}`);

      assert.equal(response.statusCode, 200);
      assert.equal(response.json<{ uuid: string }>().uuid, record.uuid);
    });
  }

  it('does not know a node that was never introspected', async () => {
    const response = await askApi(apiFakes(), `GET /v1/introspection/${record.uuid}/`);

    assert.equal(response.statusCode, 404);
    assert.equal(errorMessage(response), `Could not find node ${record.uuid} in cache`);
  });

  it('does not know a name that the bare metal service does not know', async () => {
    const response = await askApi(apiFakes(), 'GET /v1/introspection/n%C3%A9');

    assert.equal(response.statusCode, 404);
    assert.equal(errorMessage(response), 'Node né was not found in Ironic');
  });

  it('answers HEAD without a body (docs/compatibility.md, head-everywhere)', async () => {
    const response = await askApi(apiFakes({ records: [record] }), `HEAD /v1/introspection/${record.uuid}`);

    assert.equal(response.statusCode, 200);
    assert.equal(response.body, '');
    assert.ok(Number(response.headers['content-length']) > 100);
  });
});
