import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiFakes, nodeRecord } from '../../../testing/api-dependencies.ts';
import { askApi, errorMessage } from '../../../testing/ask-api.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';

const uuid = nodeRecord().uuid;
const line = `POST /v1/introspection/${uuid}/data/unprocessed`;

describe('POST /v1/introspection/<node>/data/unprocessed', () => {
  for (const body of [undefined, '', '{}', ' {} ']) {
    it(`takes the stored data for ${JSON.stringify(body)}`, async () => {
      const fakes = apiFakes();

      const response = await askApi(fakes, line, body === undefined ? {} : { body });

      assert.equal(response.statusCode, 202);
      assert.equal(response.body, '{}\n');
      assert.deepEqual(fakes.calls, [`reapply ${uuid} `]);
    });
  }

  it('takes the data of the body', async () => {
    const fakes = apiFakes({ names: { 'node-1': uuid } });

    const response = await askApi(fakes, 'POST /v1/introspection/node-1/data/unprocessed', {
      body: '{"a": 1.0}',
    });

    assert.equal(response.statusCode, 202);
    assert.deepEqual(fakes.calls, ['getNode node-1', `reapply ${uuid} {"a": 1.0}`]);
  });

  for (const body of ['x', '{"a": ', ' ', '{"a": "\xe9"}']) {
    it(`refuses ${JSON.stringify(body)} in the words of the original, and logs what is wrong`, async () => {
      const log = recordingLogger();
      const fakes = { ...apiFakes(), log };

      const response = await askApi(fakes, line, { body: Buffer.from(body, 'latin1') });

      assert.equal(response.statusCode, 400);
      assert.equal(errorMessage(response), 'Invalid data: expected a JSON object, got None');
      assert.match(
        log.at('info')[0] ?? '',
        /^Invalid data: expected a JSON object, got (malformed|an empty|bytes)/,
      );
      assert.deepEqual(fakes.calls, []);
    });
  }

  const refused = [
    ['[1]', 'Invalid data: expected a JSON object, got list'],
    ['null', 'Invalid data: expected a JSON object, got NoneType'],
    ['{"a": [NaN]}', 'Invalid data: expected a finite number, got NaN in a[0], line 1 column 8'],
  ] as const;
  for (const [body, message] of refused) {
    it(`refuses ${body}`, async () => {
      const response = await askApi(apiFakes(), line, { body });

      assert.equal(response.statusCode, 400);
      assert.equal(errorMessage(response), message);
    });
  }
});
