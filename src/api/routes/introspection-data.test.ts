import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiFakes, nodeRecord } from '../../../testing/api-dependencies.ts';
import { askApi, errorMessage } from '../../../testing/ask-api.ts';

const uuid = nodeRecord().uuid;
const kinds = [
  ['data', 'processed', 'True'],
  ['data/unprocessed', 'unprocessed', 'False'],
] as const;

for (const [path, kind, processed] of kinds) {
  describe(`GET /v1/introspection/<node>/${path}`, () => {
    for (const node of [uuid, 'node-1']) {
      it(`gives the text of ${node} as it is stored`, async () => {
        const text = '{"b": 1.0, "a": "\\u00e9"}';
        const fakes = apiFakes({ data: { [`${uuid} ${kind}`]: text }, names: { 'node-1': uuid } });

        const response = await askApi(fakes, `GET /v1/introspection/${node}/${path}`);

        assert.equal(response.statusCode, 200);
        assert.equal(response.headers['content-type'], 'application/json');
        assert.equal(response.body, text);
      });
    }

    it('says that there is none', async () => {
      const response = await askApi(apiFakes(), `GET /v1/introspection/${uuid}/${path}/`);

      assert.equal(response.statusCode, 404);
      assert.equal(
        errorMessage(response),
        `Introspection data not found for node ${uuid}, processed=${processed}`,
      );
    });
  });
}
