import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { request } from 'undici';
import { startAllInOne } from '../../src/all-in-one.ts';
import { readConfiguration } from '../../src/configuration.ts';
import { silentLogger } from '../../src/logging/logger.ts';
import type { RunningApi } from '../../src/running.ts';
import { skipWithout } from '../../testing/debian-packages.ts';
import { freePort } from '../../testing/free-port.ts';
import { startServer } from '../../testing/real-object-store.ts';
import { eventually } from '../../testing/service-client.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

const admin = { name: 'admin', domain: { name: 'Default' }, password: 'secret' };
const project = { project: { name: 'admin', domain: { name: 'Default' } } };

describe('the service with a real Keystone', {
  skip: skipWithout(['python3-keystone']),
  timeout: 560_000,
}, () => {
  const { path } = temporaryFolder();
  let port: number;
  let keystone: string;
  let endKeystone: () => Promise<void>;
  let service: RunningApi;
  const startKeystone = () => startServer('real_keystone.py', join(path, 'keystone'), [String(port)]);

  before(async () => {
    port = await freePort();
    keystone = `http://127.0.0.1:${port}/v3`;
    endKeystone = await startKeystone();
    service = await startAllInOne(
      readConfiguration({ files: [{ path: '/etc/x.conf', text: settings() }] }),
      silentLogger(),
    );
  });
  after(async () => {
    await service?.stop();
    await endKeystone?.();
  });

  function settings(): string {
    return `[DEFAULT]
listen_address = 127.0.0.1
listen_port = 0
standalone = true
[bare_metal]
service = registry
[pxe_filter]
driver = noop
[database]
connection = sqlite:///${join(path, 'service.sqlite')}
[keystone_authtoken]
auth_url = http://127.0.0.1:${port}
www_authenticate_uri = ${keystone}
auth_type = password
username = admin
password = secret
user_domain_name = Default
project_name = admin
project_domain_name = Default
http_request_max_retries = 1
token_cache_time = 1
`;
  }

  async function ask(
    url: string,
    token?: string,
    body?: unknown,
    method = body === undefined ? 'GET' : 'POST',
  ) {
    const answer = await request(url, {
      method: method as 'GET',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { 'x-auth-token': token }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.body.text();
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: text === '' ? null : JSON.parse(text),
    };
  }

  async function tokenOf(identity: object, scope?: object): Promise<string> {
    const auth = scope === undefined ? { identity } : { identity, scope };
    const { headers, body, status } = await ask(`${keystone}/auth/tokens`, undefined, { auth });
    assert.equal(status, 201, JSON.stringify(body));
    return String(headers['x-subject-token']);
  }

  const adminToken = (scope: object = project) =>
    tokenOf({ methods: ['password'], password: { user: admin } }, scope);
  const statusOf = async (token?: string, line = '/v1/introspection') =>
    (await ask(service.url + line, token)).status;

  it('lets an admin in, and nobody without a good token', async () => {
    const none = await ask(`${service.url}/v1/introspection`);

    assert.equal(none.status, 401);
    assert.equal(none.headers['www-authenticate'], `Keystone uri="${keystone}"`);
    assert.equal(await statusOf('nonsense'), 401);
    assert.equal(await statusOf(await adminToken()), 200);
    assert.equal(await statusOf(undefined, '/v1'), 200);
    assert.equal(await statusOf(undefined, '/baremetal/v1/nodes'), 401);
    assert.equal(await statusOf(await adminToken(), '/baremetal/v1/nodes'), 200);
  });

  it('lets a reader of the system read the status and nothing else, and one of a project nothing', async () => {
    const token = await adminToken();
    const { body: made } = await ask(`${keystone}/users`, token, {
      user: { name: 'reader', password: 'secret' },
    });
    const { body: roles } = await ask(`${keystone}/roles?name=reader`, token);
    const { body: projects } = await ask(`${keystone}/projects?name=admin`, token);
    const role = `users/${made.user.id}/roles/${roles.roles[0].id}`;
    await ask(`${keystone}/system/${role}`, token, undefined, 'PUT');
    await ask(`${keystone}/projects/${projects.projects[0].id}/${role}`, token, undefined, 'PUT');
    const identity = { methods: ['password'], password: { user: { ...admin, name: 'reader' } } };
    const ofSystem = await tokenOf(identity, { system: { all: true } });

    assert.equal(await statusOf(ofSystem), 200);
    assert.equal(await statusOf(ofSystem, '/v1/introspection/x/data'), 403);
    assert.equal(await statusOf(ofSystem, '/baremetal/v1/nodes'), 403);
    assert.equal(await statusOf(await tokenOf(identity, project)), 403);
  });

  it('refuses a token that was revoked, once it is no longer remembered', async () => {
    const [token, other] = [await adminToken(), await adminToken({ system: { all: true } })];
    const first = await statusOf(token);
    const revoked = await request(`${keystone}/auth/tokens`, {
      method: 'DELETE',
      headers: { 'x-auth-token': other, 'x-subject-token': token },
    });
    await revoked.body.dump();
    await wait(1500);

    assert.deepEqual([first, revoked.statusCode, await statusOf(token)], [200, 204, 401]);
  });

  it('refuses an application credential with access rules', async () => {
    const token = await adminToken();
    const { body: users } = await ask(`${keystone}/users?name=admin`, token);
    const rules = [{ service: 'baremetal-introspection', method: 'GET', path: '/v1/introspection' }];
    const credential = { name: 'confined', secret: 'of its own', access_rules: rules };
    const { body: made } = await ask(
      `${keystone}/users/${users.users[0].id}/application_credentials`,
      token,
      {
        application_credential: credential,
      },
    );
    const { id } = made.application_credential;
    const confined = await tokenOf({
      methods: ['application_credential'],
      application_credential: { id, secret: 'of its own' },
    });

    // [keystone_authtoken]service_type is not set.
    assert.equal(await statusOf(confined), 401);
  });

  it('answers 503 while Keystone is away, takes the ramdisk all the same, and recovers', async () => {
    const token = await adminToken();
    await endKeystone();

    const away = await statusOf(token);
    const callback = await ask(`${service.url}/v1/continue`, undefined, []);
    endKeystone = await startKeystone();
    const back = await eventually(
      () => statusOf(token),
      (status) => status !== 503,
    );

    assert.deepEqual([away, callback.status, back], [503, 400, 200]);
  });
});
