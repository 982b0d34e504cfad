import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiFakes, nodeRecord } from '../../../testing/api-dependencies.ts';
import { askApi, errorMessage } from '../../../testing/ask-api.ts';

const uuid = nodeRecord().uuid;

describe('POST /v1/introspection/<node>', () => {
  it('starts with managed boot', async () => {
    const fakes = apiFakes();

    const response = await askApi(fakes, `POST /v1/introspection/${uuid}`, { body: '{"uuid": "ignored' });

    assert.equal(response.statusCode, 202);
    assert.equal(response.headers['content-type'], 'application/json');
    assert.equal(response.body, '{}\n');
    assert.deepEqual(fakes.calls, [`start ${uuid} true`]);
  });

  it('takes a name', async () => {
    const fakes = apiFakes({ names: { 'node-1': uuid } });

    await askApi(fakes, 'POST /v1/introspection/node-1');

    assert.deepEqual(fakes.calls, ['getNode node-1', `start ${uuid} true`]);
  });

  const words: readonly (readonly [string, boolean])[] = [
    ...['1', 't', 'true', 'on', 'y', 'yes', 'YES', '%20True%09'].map((word) => [word, true] as const),
    ...['0', 'f', 'false', 'off', 'n', 'no', 'FALSE'].map((word) => [word, false] as const),
    ['true&manage_boot=false', true],
  ];
  for (const [word, manageBoot] of words) {
    it(`understands manage_boot=${word}`, async () => {
      const fakes = apiFakes();

      await askApi(fakes, `POST /v1/introspection/${uuid}?manage_boot=${word}`);

      assert.deepEqual(fakes.calls, [`start ${uuid} ${manageBoot}`]);
    });
  }

  for (const word of ['garbage', '', '2', 'None', '<x>', 'nope', 'é', 'truefalse', '-1']) {
    it(`refuses manage_boot=${word} before it looks for the node`, async () => {
      const fakes = apiFakes();

      const response = await askApi(
        fakes,
        `POST /v1/introspection/x?manage_boot=${encodeURIComponent(word)}`,
      );

      assert.equal(response.statusCode, 400);
      assert.equal(errorMessage(response), `Invalid boolean value for manage_boot: ${word}`);
      assert.deepEqual(fakes.calls, []);
    });
  }

  it('refuses managed boot where that cannot be', async () => {
    const fakes = apiFakes({ options: { can_manage_boot: false } });

    const response = await askApi(fakes, `POST /v1/introspection/${uuid}`);

    assert.equal(response.statusCode, 400);
    assert.equal(
      errorMessage(response),
      'Managed boot is requested, but this installation cannot manage boot (can_manage_boot set to False)',
    );
    assert.deepEqual(fakes.calls, []);
  });

  it('starts without managed boot where that cannot be', async () => {
    const fakes = apiFakes({ options: { can_manage_boot: false } });

    const response = await askApi(fakes, `POST /v1/introspection/${uuid}?manage_boot=0`);

    assert.equal(response.statusCode, 202);
    assert.deepEqual(fakes.calls, [`start ${uuid} false`]);
  });
});
