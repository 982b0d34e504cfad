import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiFakes } from '../../../testing/api-dependencies.ts';
import { tokenAccess } from '../../../testing/token-access.ts';
import { createApi } from '../server.ts';
import type { Access } from './access.ts';
import { guardedPlugin } from './guarded-plugin.ts';
import { everybody } from './no-authentication.ts';
import { registryWanted } from './registry-wanted.ts';

async function ask(access: Access, line: string, token?: string) {
  const [method = '', url = ''] = line.split(' ');
  const plugin = guardedPlugin(
    async (app) => {
      for (const path of ['/', '/v1', '/v1/nodes']) app.get(path, async () => ({ path }));
      app.setNotFoundHandler((_request, reply) => reply.status(404).send('not here'));
    },
    { access, wanted: registryWanted, body: ({ message }) => ({ refused: message }) },
  );
  const api = createApi(apiFakes({ access }), { plugins: [{ prefix: '/baremetal', plugin }] });
  const answer = await api.inject({
    method: method as 'GET',
    url,
    headers: token === undefined ? {} : { 'x-auth-token': token },
  });
  await api.close();
  return answer;
}

describe('guardedPlugin before the registry', () => {
  it('leaves the list of versions open', async () => {
    for (const path of ['/baremetal', '/baremetal/', '/baremetal/v1', '/baremetal/v1?x=y']) {
      assert.equal((await ask(tokenAccess(), `GET ${path}`)).statusCode, 200, path);
    }
  });

  it('answers 401 and 403 in the form of its errors, and lets admins through', async () => {
    const none = await ask(tokenAccess(), 'GET /baremetal/v1/nodes');
    const denied = await ask(tokenAccess(), 'GET /baremetal/v1/nodes', 'system.reader');
    const admin = await ask(tokenAccess(), 'GET /baremetal/v1/nodes', 'project.admin');

    assert.deepEqual([none.statusCode, denied.statusCode, admin.statusCode], [401, 403, 200]);
    assert.deepEqual(none.json(), { refused: 'Authentication required' });
    assert.equal(none.headers['www-authenticate'], 'Keystone uri="http://keystone:5000"');
  });

  for (const line of [
    'POST /baremetal',
    'GET /baremetal/v1/nothing',
    'GET /baremetal/nodes',
    'GET /baremetal/v1/%6eodes',
    'GET //baremetal/v1/nodes',
    'DELETE /baremetal/v1/nodes/x',
    'GET /baremetal/v1/nodes?/baremetal/v1',
  ]) {
    it(`shows nothing to ${line} without a token`, async () => {
      const { statusCode } = await ask(tokenAccess(), line);

      // What is no path of the registry is the API's, which has nothing there.
      assert.ok(statusCode === 401 || line.includes('//'), String(statusCode));
      assert.ok(statusCode >= 400 || statusCode === 308);
    });
  }

  it('lets everybody do everything where authentication is off', async () => {
    assert.equal((await ask(everybody(), 'GET /baremetal/v1/nodes')).statusCode, 200);
    assert.equal((await ask(everybody(), 'GET /baremetal/v1/nothing')).statusCode, 404);
  });
});
