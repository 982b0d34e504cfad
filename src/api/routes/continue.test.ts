import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiFakes, nodeRecord } from '../../../testing/api-dependencies.ts';
import { askApi, errorMessage } from '../../../testing/ask-api.ts';
import { InspectorError } from '../../errors/inspector-error.ts';

describe('POST /v1/continue', () => {
  it('hands the data on and answers with the node', async () => {
    const fakes = apiFakes();

    const response = await askApi(fakes, 'POST /v1/continue', { body: '{"b": 1.0, "a": "é"}' });

    assert.equal(response.statusCode, 200);
    assert.equal(response.body, `{"uuid":"${nodeRecord().uuid}"}\n`);
    assert.deepEqual(fakes.calls, ['continue {"b": 1.0, "a": "\\u00e9"}']);
  });

  const contentTypes = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-8',
    'application/octet-stream',
    'multipart/form-data',
    'nonsense',
    '',
  ];
  for (const type of contentTypes) {
    it(`takes the content type '${type}'`, async () => {
      const response = await askApi(apiFakes(), 'POST /v1/continue', {
        body: '{}',
        headers: { 'content-type': type },
      });

      assert.equal(response.statusCode, 200);
    });
  }

  const refused = [
    ['[]', 'got list'],
    ['"x"', 'got str'],
    ['1', 'got int'],
    ['1.5', 'got float'],
    ['true', 'got bool'],
    ['null', 'got NoneType'],
    ['', 'got an empty body'],
    ['{} // x', 'got malformed JSON (expected nothing more, got "/" in the document, line 1 column 4)'],
  ] as const;
  for (const [body, reason] of refused) {
    it(`refuses ${JSON.stringify(body)} (docs/compatibility.md, continue-not-json)`, async () => {
      const fakes = apiFakes();

      const response = await askApi(fakes, 'POST /v1/continue', { body });

      assert.equal(response.statusCode, 400);
      assert.equal(errorMessage(response), `Invalid data: expected a JSON object, ${reason}`);
      assert.deepEqual(fakes.calls, []);
    });
  }

  it('refuses what is no number (docs/compatibility.md, json-unusable-values)', async () => {
    const response = await askApi(apiFakes(), 'POST /v1/continue', { body: '{"x": Infinity}' });

    assert.equal(response.statusCode, 400);
    assert.equal(
      errorMessage(response),
      'Invalid data: expected a finite number, got Infinity in x, line 1 column 7',
    );
  });

  it('refuses a body beyond the limit (docs/compatibility.md, body-limit)', async () => {
    const fakes = apiFakes({ options: { max_request_body: 100 } });

    const response = await askApi(fakes, 'POST /v1/continue', { body: `{"x": "${'x'.repeat(100)}"}` });

    assert.equal(response.statusCode, 413);
    assert.equal(
      errorMessage(response),
      'Request body too large: expected at most 100 bytes ([DEFAULT]max_request_body)',
    );
    assert.deepEqual(fakes.calls, []);
  });

  it('passes on why the data is refused', async () => {
    const fakes = apiFakes();
    const refusing = () => Promise.reject(new InspectorError('conflict', 'Node is locked'));

    const response = await askApi(
      { ...fakes, conductor: { ...fakes.conductor, continue: refusing } },
      'POST /v1/continue',
      { body: '{}' },
    );

    assert.equal(response.statusCode, 409);
    assert.equal(errorMessage(response), 'Node is locked');
  });
});
