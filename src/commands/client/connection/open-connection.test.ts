// Shows these lines of docs/compatibility.md: client-auth-type-guessed.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { fakeHttpService } from '../../../../testing/fake-http-service.ts';
import { fakeInspector } from '../../../../testing/fake-inspector.ts';
import { fakeKeystone } from '../../../../testing/fake-keystone.ts';
import { loopbackCertificate } from '../../../../testing/loopback-certificate.ts';
import { madeUpClient } from '../../../../testing/made-up-client.ts';

const answers = { 'GET /v1/rules': { rules: [] } };

/** A service behind a Keystone, and a client that knows nothing of either. */
async function setUp(t: TestContext, environment: Readonly<Record<string, string>> = {}) {
  const service = await fakeInspector(answers);
  const endpoint = {
    interface: 'public',
    region: 'RegionOne',
    region_id: 'RegionOne',
    url: `${service.url}/v1/`,
  };
  const catalog = [{ type: 'baremetal-introspection', name: 'inspector', endpoints: [endpoint] }];
  const keystone = await fakeKeystone({ catalog });
  t.after(() => Promise.all([service.close(), keystone.close()]));
  const variables: Record<string, string> = { ...environment };
  const client = madeUpClient(undefined, { environment: variables });
  return { service, keystone, client, variables };
}

const user = (url: string) => ({
  OS_AUTH_URL: url,
  OS_USERNAME: 'inspector',
  OS_PASSWORD: 'secret',
  OS_PROJECT_NAME: 'service',
});

describe('the connection of the client', () => {
  it('takes the user from the environment, in the domain that OpenStack takes without any', async (t) => {
    const { service, keystone, client, variables } = await setUp(t);
    Object.assign(variables, user(keystone.url));

    const ended = await client.run('rule list -f json');

    assert.deepEqual(ended, { code: 0, out: '[]\n', err: '' });
    assert.equal(service.requests[0]?.headers['x-auth-token'], 'token-1');
    assert.deepEqual((keystone.logins[0] as any).auth.identity.password.user, {
      name: 'inspector',
      domain: { id: 'default' },
      password: 'secret',
    });
  });

  it('takes options before the environment', async (t) => {
    const { keystone, client, variables } = await setUp(t);
    Object.assign(variables, user(keystone.url), { OS_PASSWORD: 'wrong', OS_REGION_NAME: 'Elsewhere' });

    const refused = await client.run('rule list');
    const ended = await client.run('--os-password secret rule list --os-region-name RegionOne -f json');
    const region = await client.run('rule list --os-password secret');

    assert.match(
      refused.err,
      /refuses the credentials of the options, the environment and clouds\.yaml with 401/,
    );
    assert.deepEqual([refused.code, ended.code, ended.err], [1, 0, '']);
    assert.match(region.err, /an endpoint of type baremetal-introspection in the region Elsewhere/);
  });

  it('takes a cloud, and its secrets, before the environment', async (t) => {
    const { keystone, client, variables } = await setUp(t);
    const folder = join(client.console.home, '.config', 'openstack');
    mkdirSync(folder, { recursive: true });
    const cloud = { auth_url: keystone.url, username: 'inspector', project_id: 1 };
    writeFileSync(
      join(folder, 'clouds.yaml'),
      JSON.stringify({
        clouds: { one: { auth: cloud, interface: 'publicURL', regions: ['RegionOne'] }, two: {} },
      }),
    );
    writeFileSync(join(folder, 'secure.yml'), 'clouds: {one: {auth: {password: secret}}}');
    Object.assign(variables, { OS_USERNAME: 'somebody', OS_CLOUD: 'one' });

    const ended = await client.run('rule list -f json');
    const missing = await client.run('rule list --os-cloud three');

    assert.deepEqual(ended, { code: 0, out: '[]\n', err: '' });
    assert.equal((keystone.logins[0] as any).auth.scope.project.id, '1');
    assert.match(
      missing.err,
      /^Cloud three was not found: expected it in .*clouds\.yaml\. It has one, two\n$/,
    );
  });

  it('takes the only cloud where nothing says who asks', async (t) => {
    const { service, client, variables } = await setUp(t);
    const cloud = { auth_type: 'none', baremetal_introspection_endpoint_override: service.url };
    const file = join(client.folder, 'mine.yaml');
    writeFileSync(file, JSON.stringify({ clouds: { only: cloud } }));
    variables['OS_CLIENT_CONFIG_FILE'] = file;

    const ended = await client.run('rule list -f json');
    const none = await client.run('rule list --os-auth-type none');
    writeFileSync(file, 'clouds: [');
    const broken = await client.run('rule list');

    assert.equal(ended.code, 0);
    assert.match(none.err, /127\.0\.0\.1:5050/);
    assert.match(broken.err, /mine\.yaml: expected YAML that can be read: /);
  });

  it('says where it has looked for a cloud', async () => {
    const { err } = await madeUpClient().run('rule list --os-cloud one');

    assert.match(err, /^Cloud one was not found: expected it in clouds\.yaml, which was not found in \., ~/);
  });

  it('sends application credentials, tokens, and user and password without Keystone', async (t) => {
    const { service, keystone, client } = await setUp(t);

    const ends = [
      await client.run(
        `--os-auth-url ${keystone.url} --os-application-credential-id i --os-application-credential-secret secret rule list -f json`,
      ),
      await client.run(`--os-auth-url ${keystone.url} --os-token secret rule list -f json`),
      await client.run(
        `--os-auth-type token_endpoint --os-token t --os-endpoint ${service.url} rule list -f json`,
      ),
      await client.run(
        `--os-auth-type http_basic --os-username u --os-password p --os-endpoint ${service.url} rule list`,
      ),
      await client.run(`--os-token t2 --inspector-url ${service.url} rule list`),
    ];

    assert.deepEqual(
      ends.map(({ code, err }) => `${code}${err}`),
      ['0', '0', '0', '0', '0'],
    );
    assert.deepEqual(
      keystone.logins.map((login: any) => login.auth.identity.methods[0]),
      ['application_credential', 'token'],
    );
    assert.deepEqual(
      service.requests.map(({ headers }) => headers['x-auth-token'] ?? headers['authorization']),
      ['token-1', 'token-2', 't', 'Basic dTpw', 't2'],
    );
  });

  it('names options in errors, not settings of a file', async () => {
    const client = madeUpClient();
    const error = async (words: string) => (await client.run(`${words} rule list`)).err;

    assert.equal(
      await error('--os-username u'),
      '--os-auth-url: expected a value, as auth_type is password\n',
    );
    assert.match(
      await error('--os-auth-type magic'),
      /^--os-auth-type: expected one of none, .*, got "magic"\n$/,
    );
    assert.match(
      await error('--os-auth-type http_basic --os-username u --os-password p'),
      /^--inspector-url: /,
    );
    assert.match(await error('--inspector-url https://127.0.0.1:1 --cacert /nowhere'), /^--os-cacert: /);
  });

  it('trusts the authorities that it is told to, or anybody', async (t) => {
    const body = JSON.stringify({ rules: [] });
    const service = await fakeHttpService(() => ({ status: 200, body }), loopbackCertificate);
    t.after(() => service.close());
    const client = madeUpClient(service.url);
    const cacert = join(client.folder, 'ca.pem');
    writeFileSync(cacert, loopbackCertificate.cert);

    const codes = [
      (await client.run('rule list')).code,
      (await client.run(`rule list --cacert ${cacert}`)).code,
      (await client.run(`--os-cacert ${cacert} rule list`)).code,
      (await client.run('rule list --insecure')).code,
    ];

    assert.deepEqual(codes, [1, 0, 0, 0]);
  });
});
