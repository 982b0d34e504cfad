import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { ironicStandIn } from '../testing/ironic-stand-in.ts';
import { numberedUuid } from '../testing/numbered-uuid.ts';
import { testDatabase } from '../testing/test-database.ts';
import { readConfiguration } from './configuration.ts';
import { systemClock } from './host/clock.ts';
import { silentLogger } from './logging/logger.ts';
import { openBareMetal } from './open-bare-metal.ts';

async function open(t: TestContext, text: string) {
  const database = await testDatabase();
  const config = readConfiguration({ files: [{ path: '/x.conf', text }] });
  const parts = { config, database, clock: systemClock, log: silentLogger(), proxies: undefined };
  const opened = openBareMetal(parts);
  t.after(async () => {
    await opened.close();
    await database.close();
  });
  return opened;
}

describe('the bare metal service of the configuration', () => {
  it('is the registry where that is asked for', async (t) => {
    const opened = await open(t, '[bare_metal]\nservice = registry');

    assert.equal(await opened.describe(), 'the built-in registry, nodes: 0');
    assert.equal(opened.registry?.service, opened.service);
  });

  it('is Ironic otherwise, as [ironic] says', async (t) => {
    const ironic = await ironicStandIn();
    t.after(() => ironic.close());
    ironic.add({ uuid: numberedUuid(1) });
    const opened = await open(t, `[ironic]\nauth_type = none\nendpoint_override = ${ironic.url}`);

    assert.equal(await opened.describe(), `Ironic, ${ironic.url}`);
    assert.equal(opened.registry, undefined);
    assert.equal((await opened.service.getNode(numberedUuid(1))).uuid, numberedUuid(1));
  });

  it('may have its credentials in another section, and shows none of them', async (t) => {
    const section = 'auth_type = http_basic\nusername = a\npassword = b\nendpoint = http://a:b@ironic:6385';
    const opened = await open(t, `[ironic]\nauth_section = mine\n[mine]\n${section}`);

    assert.equal(await opened.describe(), 'Ironic, http://a:***@ironic:6385');
  });

  it('is in the catalogue where no endpoint is given', async (t) => {
    const user = 'username = a\npassword = b\nproject_name = c\nuser_domain_id = d\nproject_domain_id = d';
    const opened = await open(t, `[ironic]\nauth_url = http://keystone:5000/v3\n${user}`);

    assert.equal(await opened.describe(), 'Ironic, in the catalogue of http://keystone:5000/v3');
  });
});
