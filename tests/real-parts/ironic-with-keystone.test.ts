import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { request } from 'undici';
import { skipWithout } from '../../testing/debian-packages.ts';
import { freePort } from '../../testing/free-port.ts';
import { numberedMachine } from '../../testing/numbered-machine.ts';
import { ironicPackages, type PrivateIronic, privateIronic } from '../../testing/private-ironic.ts';
import { startServer } from '../../testing/real-object-store.ts';
import { startRealService } from '../../testing/real-service.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { eventually, ServiceClient } from '../../testing/service-client.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

const packages = [...ironicPackages, 'python3-keystone', 'python3-keystonemiddleware'];

describe('a real Ironic and this service, which know each other from a real Keystone', {
  skip: skipWithout(packages),
  timeout: 560_000,
}, () => {
  const folder = temporaryFolder().path;
  const log = recordingLogger();
  let keystone: string;
  let ironic: PrivateIronic;
  let client: ServiceClient;
  const ends: (() => Promise<unknown>)[] = [];

  before(async () => {
    const [keystonePort, port] = [await freePort(), await freePort()];
    keystone = `http://127.0.0.1:${keystonePort}/v3`;
    ends.push(await startServer('real_keystone.py', join(folder, 'keystone'), [String(keystonePort)]));
    const inspector = `http://127.0.0.1:${port}`;
    await addToCatalogue('baremetal-introspection', inspector);
    ironic = await privateIronic({ inspector, keystone: { url: keystone, token: newToken } });
    ends.unshift(() => ironic.stop());
    await addToCatalogue('baremetal', ironic.url);
    const service = await startRealService(folder, log, settings(port));
    ends.unshift(() => service.stop());
    client = new ServiceClient(service.url);
    ends.unshift(() => client.close());
  });
  after(async () => {
    for (const end of ends) await end();
  });

  /** What the catalogue says is not among the settings: where Ironic is. */
  function settings(port: number): string {
    const user = `auth_type = password
auth_url = ${keystone}
username = admin
password = secret
user_domain_name = Default
`;
    return `[DEFAULT]
listen_port = ${port}
auth_strategy = keystone
[bare_metal]
service = ironic
[ironic]
${user}system_scope = all
region_name = RegionOne
[keystone_authtoken]
${user}project_name = admin
project_domain_name = Default
www_authenticate_uri = ${keystone}
token_cache_time = 1
`;
  }

  async function newToken(): Promise<string> {
    const user = { name: 'admin', domain: { name: 'Default' }, password: 'secret' };
    const identity = { methods: ['password'], password: { user } };
    const { headers } = await asKeystone('POST', '/auth/tokens', {
      auth: { identity, scope: { system: { all: true } } },
    });
    return String(headers['x-subject-token']);
  }

  async function asKeystone(method: 'GET' | 'POST', path: string, body?: unknown, token?: string) {
    const headers = {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { 'x-auth-token': token }),
    };
    const sent = body === undefined ? null : JSON.stringify(body);
    const answer = await request(keystone + path, { method, headers, body: sent });
    const text = await answer.body.text();
    assert.ok(answer.statusCode < 300, `${method} ${path}: ${text}`);
    return { headers: answer.headers, body: text === '' ? null : JSON.parse(text) };
  }

  async function addToCatalogue(type: string, url: string): Promise<void> {
    const token = await newToken();
    const { body } = await asKeystone('POST', '/services', { service: { type, name: type } }, token);
    const endpoint = { service_id: body.service.id, region: 'RegionOne', url };
    for (const name of ['internal', 'public']) {
      await asKeystone('POST', '/endpoints', { endpoint: { ...endpoint, interface: name } }, token);
    }
  }

  /** Both services know nothing of tokens that were given out before. */
  async function revokeAll(): Promise<void> {
    const token = await newToken();
    const { body } = await asKeystone('GET', '/users?name=admin', undefined, token);
    const user = { password: 'secret', original_password: 'secret' };
    await asKeystone('POST', `/users/${body.users[0].id}/password`, { user }, token);
    // Until then the services take what Keystone said before for true.
    await wait(1500);
  }

  const asAdmin = async (line: string, token = newToken()) =>
    client.ask(line, undefined, { 'x-auth-token': await token });

  async function until(uuid: string, state: string): Promise<void> {
    const token = newToken();
    await eventually(
      () => asAdmin(`GET /v1/introspection/${uuid}`, token),
      ({ body }) => body?.state === state,
    );
  }

  /** Has Ironic inspect the node, by its own states; the machine's ramdisk needs no token. */
  async function inspect(uuid: string, data: ReturnType<ReturnType<typeof numberedMachine>['data']>) {
    await ironic.ask(`PUT /v1/nodes/${uuid}/states/provision`, { target: 'inspect' });
    await until(uuid, 'waiting');
    const { status: code } = await client.callBack(data);
    const node = await eventually(
      () => ironic.ask(`GET /v1/nodes/${uuid}`),
      ({ provision_state: state }) => !String(state).startsWith('inspecting') && state !== 'inspect wait',
    );
    const { provision_state: state, last_error: error, properties } = node;
    return { code, state, error, properties };
  }

  it('inspect a node with tokens on both sides', async () => {
    const machine = numberedMachine(1);
    const uuid = await ironic.createNode({}, [machine.macs[0]]);

    const refused = await client.ask(`POST /v1/introspection/${uuid}`);
    const { code, state, error, properties } = await inspect(uuid, machine.data());

    assert.equal(refused.status, 401);
    assert.deepEqual([code, state, error], [200, 'manageable', null]);
    assert.equal(properties.cpus, '48');
  });

  it('get on after all tokens were revoked: Ironic says 401 once', async () => {
    const machine = numberedMachine(2);
    const uuid = await ironic.createNode({}, [machine.macs[0]]);
    await asAdmin(`POST /v1/introspection/${uuid}`);
    await until(uuid, 'waiting');

    await revokeAll();
    const { status } = await client.callBack(machine.data());
    await until(uuid, 'finished');

    assert.equal(status, 200);
    assert.match(ironic.log(), new RegExp(`"GET /v1/nodes/${uuid} HTTP/1.1" status: 401`));
    assert.equal((await ironic.ask(`GET /v1/nodes/${uuid}`)).properties.cpus, '48');
  });

  it('do not get together when Keystone refuses the password, which the answer says', async () => {
    const other = await startRealService(
      temporaryFolder().path,
      recordingLogger(),
      settings(0).replace(/(\[ironic\][^[]*password = )secret/, '$1hunter2'),
    );
    ends.unshift(() => other.stop());
    const stranger = new ServiceClient(other.url);
    ends.unshift(() => stranger.close());

    const answer = await stranger.ask('POST /v1/introspection/rack-1', undefined, {
      'x-auth-token': await newToken(),
    });

    assert.equal(answer.status, 503);
    assert.match(String(answer.message), /Keystone at .* refuses the credentials of \[ironic\] with 401/);
  });
});
