import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { fakeKeystone } from '../../testing/fake-keystone.ts';
import { ironicStandIn } from '../../testing/ironic-stand-in.ts';
import { numberedUuid } from '../../testing/numbered-uuid.ts';
import { defaultsOf } from '../config/option.ts';
import { silentLogger } from '../logging/logger.ts';
import { type IronicSettings, ironicOptions } from './ironic-options.ts';
import { openIronic } from './open-ironic.ts';

const uuid = numberedUuid(1);
const surroundings = {
  now: () => new Date(),
  wait: async () => {},
  random: () => 0,
  log: silentLogger(),
};

function open(t: TestContext, settings: Partial<IronicSettings>) {
  const client = openIronic({ ...defaultsOf(ironicOptions), connect_retries: 0, ...settings }, surroundings);
  t.after(() => client.close());
  return client.service;
}

describe('the client of Ironic', () => {
  it('finds Ironic in the catalogue of Keystone, and gets another token when the first is refused', async (t) => {
    const ironic = await ironicStandIn({
      accepts: (headers) => keystone.isValid(headers['x-auth-token'] as string | undefined),
    });
    const endpoints = [{ interface: 'internal', region: 'RegionOne', url: `${ironic.url}/` }];
    const keystone = await fakeKeystone({ catalog: [{ type: 'baremetal', name: 'ironic', endpoints }] });
    t.after(() => Promise.all([ironic.close(), keystone.close()]));
    ironic.add({ uuid });
    const user = { username: 'inspector', password: 'secret', project_name: 'service' };
    const domains = { user_domain_name: 'Default', project_domain_name: 'Default' };
    const service = open(t, { auth_url: keystone.url, ...user, ...domains });

    await service.getNode(uuid);
    keystone.revokeAll();
    await service.getNode(uuid);

    assert.equal(keystone.tokens.length, 2);
  });

  it('is unavailable to everybody when Keystone refuses its credentials', async (t) => {
    const keystone = await fakeKeystone();
    t.after(() => keystone.close());
    const user = { username: 'inspector', password: 'wrong', project_name: 'service' };
    const domains = { user_domain_name: 'Default', project_domain_name: 'Default' };
    const service = open(t, { auth_url: keystone.url, ...user, ...domains });

    await assert.rejects(service.getNode(uuid), {
      kind: 'unavailable',
      message: /^Ironic cannot be asked .*Keystone at .* refuses the credentials of \[ironic\] with 401/,
    });
  });

  it('sends user and password, or the word for no authentication', async (t) => {
    const seen: unknown[] = [];
    const ironic = await ironicStandIn({
      accepts: (headers) => {
        seen.push(headers.authorization ?? headers['x-auth-token']);
        return true;
      },
    });
    t.after(() => ironic.close());
    ironic.add({ uuid });
    const basic = open(t, {
      auth_type: 'http_basic',
      username: 'a',
      password: 'b',
      endpoint_override: ironic.url,
    });
    const none = open(t, { auth_type: 'none', endpoint: ironic.url });

    await basic.getNode(uuid);
    await none.getNode(uuid);

    assert.deepEqual([...new Set(seen)], [`Basic ${Buffer.from('a:b').toString('base64')}`, 'notused']);
  });

  it('refuses settings that are not whole', (t) => {
    assert.throws(() => open(t, { auth_type: 'none' }), {
      kind: 'invalid',
      message: /^\[ironic\]endpoint_override: expected the URL of the service/,
    });
  });
});
