// Shows these lines of docs/compatibility.md: cors-on-registry.
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { FastifyPluginAsync } from 'fastify';
import { apiFakes } from '../../../testing/api-dependencies.ts';
import { defaultsOf } from '../../config/option.ts';
import { guardedPlugin } from '../auth/guarded-plugin.ts';
import { createApi } from '../server.ts';
import { corsOptions } from './cors-options.ts';

const dash = 'https://dash.example';
const cors = [{ ...defaultsOf(corsOptions), allowed_origin: [dash], max_age: 600 }];

const rest: FastifyPluginAsync = async (app) => {
  app.addHook('onRequest', async (_request, reply) => void reply.header('Vary', 'X-Version'));
  app.get('/v1/nodes', async () => ({ nodes: [] }));
  app.get('/v1/broken', async () => {
    throw new Error('broken');
  });
  app.setNotFoundHandler(async (_request, reply) => reply.status(404).send({ error: 'none' }));
};

/** A plug-in that lets those in who have a token. */
function api(t: TestContext) {
  const fakes = apiFakes();
  const refusal = { status: 401, headers: {}, message: 'no' };
  const access = {
    ...fakes.access,
    refusal: async ({ headers }: { headers: Readonly<Record<string, unknown>> }) =>
      headers['x-auth-token'] === undefined ? (refusal as never) : undefined,
  };
  const plugin = guardedPlugin(rest, { access, wanted: () => ({}) as never, body: () => ({ error: 'no' }) });
  const headers = ['X-OpenStack-Ironic-API-Version'];
  const server = createApi(fakes, { cors, plugins: [{ prefix: '/baremetal', plugin, headers }] });
  t.after(() => server.close());
  return (method: 'GET' | 'OPTIONS', path: string, given: Readonly<Record<string, string>>) =>
    server.inject({ method, url: `/baremetal${path}`, headers: given });
}

describe('a plug-in of the API, for pages of other sites', () => {
  it('marks its answers for a site that is allowed, refusals and errors among them', async (t) => {
    const ask = api(t);
    const known = { origin: dash, 'x-auth-token': 't' };

    const answers = [
      await ask('GET', '/v1/nodes', known),
      await ask('GET', '/v1/broken', known),
      await ask('GET', '/v1/nothing', known),
      await ask('GET', '/v1/nodes', { origin: dash }),
    ];

    assert.deepEqual(
      answers.map(({ statusCode, headers }) => [
        statusCode,
        headers['access-control-allow-origin'],
        headers['access-control-allow-credentials'],
      ]),
      [200, 500, 404, 401].map((status) => [status, dash, 'true']),
    );
    assert.equal(answers[0]?.headers['vary'], 'X-Version, Origin');
    assert.equal(answers[3]?.headers['vary'], 'Origin');
  });

  it('says nothing to other sites, nor without one', async (t) => {
    const ask = api(t);

    const answers = [
      await ask('GET', '/v1/nodes', { origin: 'https://evil.example', 'x-auth-token': 't' }),
      await ask('GET', '/v1/nodes', { 'x-auth-token': 't' }),
    ];

    for (const { headers } of answers) {
      assert.equal(headers['access-control-allow-origin'], undefined);
      assert.equal(headers['vary'], 'X-Version');
    }
  });

  it('answers what a browser asks first, without credentials', async (t) => {
    const ask = api(t);

    const { statusCode, body, headers } = await ask('OPTIONS', '/v1/nodes', {
      origin: dash,
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'x-auth-token,x-openstack-ironic-api-version',
    });

    assert.deepEqual([statusCode, body], [200, '']);
    assert.equal(headers['access-control-allow-origin'], dash);
    assert.equal(headers['access-control-allow-methods'], 'PATCH');
    assert.equal(headers['access-control-allow-headers'], 'x-auth-token,x-openstack-ironic-api-version');
    assert.equal(headers['access-control-max-age'], '600');
  });

  it('allows a browser nothing that is not allowed', async (t) => {
    const ask = api(t);
    const method = { 'access-control-request-method': 'GET' };

    const answers = [
      await ask('OPTIONS', '/v1/nodes', { ...method, origin: 'https://evil.example' }),
      await ask('OPTIONS', '/v1/nodes', {
        ...method,
        origin: dash,
        'access-control-request-headers': 'x-odd',
      }),
      await ask('OPTIONS', '/v1/nodes', {}),
    ];

    for (const { statusCode, headers } of answers) {
      assert.equal(statusCode, 200);
      assert.equal(headers['access-control-allow-origin'], undefined);
    }
  });
});
