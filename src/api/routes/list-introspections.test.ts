import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiFakes, nodeRecord } from '../../../testing/api-dependencies.ts';
import { askApi, errorMessage } from '../../../testing/ask-api.ts';
import { InspectorError } from '../../errors/inspector-error.ts';

const uuid = nodeRecord().uuid;

describe('GET /v1/introspection', () => {
  it('lists the records', async () => {
    const response = await askApi(apiFakes({ records: [nodeRecord()] }), 'GET /v1/introspection');

    assert.equal(response.statusCode, 200);
    assert.equal(
      response.body,
      `{"introspection":[{"error":null,"finished":false,"finished_at":null,"links":[{"href":"http://api.example:5050/v1/introspection/${uuid}","rel":"self"}],"started_at":"2026-11-22T13:36:35.999804","state":"waiting","uuid":"${uuid}"}]}\n`,
    );
  });

  const queries: readonly (readonly [string, object])[] = [
    ['', { limit: 1000 }],
    ['?limit=0', { limit: 1000 }],
    ['?limit=10', { limit: 10 }],
    ['?limit=%2010', { limit: 10 }],
    ['?limit=1_0', { limit: 10 }],
    ['?limit=1000', { limit: 1000 }],
    ['?limit=1&limit=x', { limit: 1 }],
    ['?unknown=1', { limit: 1000 }],
    [`?marker=${uuid}`, { limit: 1000, marker: uuid }],
    [`?marker=${uuid.toUpperCase().replaceAll('-', '')}`, { limit: 1000, marker: uuid }],
    ['?state=waiting', { limit: 1000, states: ['waiting'] }],
    ['?state=waiting&state=error', { limit: 1000, states: ['waiting'] }],
    ['?state=error,waiting,finished&limit=2', { limit: 2, states: ['error', 'waiting', 'finished'] }],
  ];
  for (const [query, expected] of queries) {
    it(`asks the node cache for ${JSON.stringify(expected)} on '${query}'`, async () => {
      const fakes = apiFakes();

      const response = await askApi(fakes, `GET /v1/introspection${query}`);

      assert.equal(response.body, '{"introspection":[]}\n');
      assert.deepEqual(fakes.calls, [`list ${JSON.stringify(expected)}`]);
    });
  }

  const refused: readonly (readonly [string, string])[] = [
    ['limit=x', "invalid literal for int() with base 10: 'x'"],
    ['limit=', "invalid literal for int() with base 10: ''"],
    ['limit=1.5', "invalid literal for int() with base 10: '1.5'"],
    ['limit=-1', 'Limit cannot be negative'],
    ['limit=1001', 'Limit over 1000'],
    ['limit=99999999999999999999', 'Limit over 1000'],
    ['marker=', 'Marker not UUID-like'],
    ['marker=abc', 'Marker not UUID-like'],
    ['state=', 'State(s) "" are not valid'],
    ['state=,', 'State(s) ", " are not valid'],
    ['state=waiting,', 'State(s) "" are not valid'],
    ['state=waiting,bogus,junk', 'State(s) "bogus, junk" are not valid'],
    ['state=WAITING', 'State(s) "WAITING" are not valid'],
    ['state=waiting,%20error', 'State(s) " error" are not valid'],
    ['state=toString', 'State(s) "toString" are not valid'],
  ];
  for (const [query, reason] of refused) {
    it(`refuses ${query}`, async () => {
      const response = await askApi(apiFakes(), `GET /v1/introspection?${query}`);

      assert.equal(response.statusCode, 400);
      assert.equal(errorMessage(response), `Bad request: ${reason}`);
    });
  }

  it('keeps to the configured limit', async () => {
    const fakes = apiFakes({ options: { api_max_limit: 3 } });

    assert.equal((await askApi(fakes, 'GET /v1/introspection')).statusCode, 200);
    assert.equal(
      errorMessage(await askApi(fakes, 'GET /v1/introspection?limit=4')),
      'Bad request: Limit over 3',
    );
    assert.deepEqual(fakes.calls, ['list {"limit":3}']);
  });

  it('passes on that the marker is unknown', async () => {
    const list = () => Promise.reject(new InspectorError('not-found', 'The requested node was not found.'));
    const fakes = apiFakes();

    const response = await askApi(
      { ...fakes, nodes: { ...fakes.nodes, list } },
      `GET /v1/introspection?marker=${uuid}`,
    );

    assert.equal(response.statusCode, 404);
    assert.equal(errorMessage(response), 'The requested node was not found.');
  });
});
