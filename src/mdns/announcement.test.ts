// Shows these lines of docs/compatibility.md: mdns-override-alone.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fakeKeystone } from '../../testing/fake-keystone.ts';
import { freePort } from '../../testing/free-port.ts';
import { mdnsConfiguration, quickTiming } from '../../testing/mdns-parts.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { loadConfiguration } from '../config/load-configuration.ts';
import { systemClock } from '../host/clock.ts';
import { announcement } from './announcement.ts';
import { enableMdnsOptions } from './mdns-options.ts';

async function parts() {
  const log = recordingLogger();
  const surroundings = {
    clock: systemClock,
    log,
    timing: quickTiming,
    port: await freePort(),
    proxies: undefined,
  };
  return { log, surroundings };
}
const nothing = async () => undefined;
const told = 'mDNS: announced as baremetal-introspection._openstack._tcp.local: ';

describe('the announcement of the service', () => {
  it('is none unless it is asked for, and what comes after it is done all the same', async () => {
    const { log, surroundings } = await parts();
    const done: string[] = [];
    const announced = announcement(loadConfiguration([enableMdnsOptions]), surroundings);

    await announced.begin(async () => void done.push('then'));
    await announced.withdraw();

    assert.deepEqual([done, log.lines], [['then'], []]);
  });

  it('is of the endpoint that is given, without credentials', async () => {
    const { log, surroundings } = await parts();
    const config = mdnsConfiguration('[service_catalog]\nendpoint_override = http://127.0.0.1:5050/');
    const announced = announcement(config, surroundings);

    await announced.begin(nothing);
    await announced.withdraw();

    assert.deepEqual(log.at('info'), [`${told}http://127.0.0.1:5050`]);
  });

  it("is of the catalogue's endpoint otherwise, with its interface and region", async (t) => {
    const endpoint = (url: string, region: string, kind: string) => ({
      url,
      region,
      region_id: region,
      interface: kind,
    });
    const keystone = await fakeKeystone({
      catalog: [
        {
          type: 'baremetal-introspection',
          name: 'inspector',
          endpoints: [
            endpoint('http://127.0.0.1:1', 'One', 'internal'),
            endpoint('http://127.0.0.1:2', 'Two', 'public'),
            endpoint('http://localhost:3/x', 'Two', 'admin'),
          ],
        },
      ],
    });
    t.after(() => keystone.close());
    const { log, surroundings } = await parts();
    const config = mdnsConfiguration(
      `[service_catalog]\nauth_url = ${keystone.url}\nusername = inspector\npassword = secret\n` +
        'user_domain_name = Default\nproject_name = service\nproject_domain_name = Default\n' +
        'region_name = Two\nvalid_interfaces = admin,public',
    );
    const announced = announcement(config, surroundings);

    await announced.begin(nothing);
    await announced.withdraw();

    assert.deepEqual(log.at('info'), [`${told}http://localhost:3/x`]);
  });

  it('ends the start when there is nothing to announce', async () => {
    const { surroundings } = await parts();

    const begun = announcement(mdnsConfiguration(''), surroundings).begin(nothing);

    await assert.rejects(begun, { kind: 'invalid', message: /^\[service_catalog\]/ });
  });

  it('is taken back when the start fails after it', async () => {
    const { surroundings } = await parts();
    const config = mdnsConfiguration('[service_catalog]\nendpoint_override = http://127.0.0.1:5050');
    const failing = announcement(config, surroundings).begin(() => Promise.reject(new Error('no database')));

    await assert.rejects(failing, { message: 'no database' });

    // The sockets are closed, so others have the name at once.
    const other = mdnsConfiguration('[service_catalog]\nendpoint_override = http://127.0.0.1:5051');
    const next = announcement(other, surroundings);
    await next.begin(nothing);
    await next.withdraw();
  });
});
