import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiFakes, nodeRecord } from '../../../testing/api-dependencies.ts';
import { askApi, errorMessage } from '../../../testing/ask-api.ts';

const uuid = nodeRecord().uuid;

describe('POST /v1/introspection/<node>/abort', () => {
  for (const node of [uuid, 'node-1']) {
    it(`aborts ${node}, whatever the body`, async () => {
      const fakes = apiFakes({ names: { 'node-1': uuid } });

      const response = await askApi(fakes, `POST /v1/introspection/${node}/abort`, { body: 'x' });

      assert.equal(response.statusCode, 202);
      assert.equal(response.body, '{}\n');
      assert.equal(fakes.calls.at(-1), `abort ${uuid}`);
    });
  }

  it('does not know every name', async () => {
    const response = await askApi(apiFakes(), 'POST /v1/introspection/nobody/abort');

    assert.equal(response.statusCode, 404);
    assert.equal(errorMessage(response), 'Node nobody was not found in Ironic');
  });
});
