// Shows these lines of docs/compatibility.md: timeline.
import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { numberedMachine } from '../../testing/numbered-machine.ts';
import { runningService } from '../../testing/running-service.ts';
import { eventually } from '../../testing/service-client.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

describe('boot evidence', () => {
  it('gets from the log of dnsmasq into the timeline, and only into that of whose it is', async (t) => {
    const path = join(temporaryFolder().path, 'dnsmasq.log');
    writeFileSync(path, '');
    const service = await runningService(`[boot_evidence]\ndnsmasq_log = ${path}\n`);
    t.after(() => service.stop());
    const { client } = service;
    const machine = numberedMachine(1);
    const [mac] = machine.macs;
    const uuid = await client.createNode({}, [mac]);
    const other = await client.createNode({}, ['52:54:00:ff:ff:ff']);
    await client.start(uuid);
    await client.start(other);

    appendFileSync(
      path,
      `Nov 22 23:34:19 dnsmasq-dhcp[7]: DHCPDISCOVER(b) ${mac.toUpperCase()} \nNov 22 23:34:19 dnsmasq-dhcp[7]: DHCPOFFER(b) 10.0.0.2 ${mac} \n`,
    );
    const told = await eventually(
      () => client.do(`GET /v1/introspection/${uuid}/timeline`),
      ({ last_stage }) => last_stage === 'dhcp-offer-sent',
    );

    const names = told.stages.map(({ stage }: any) => stage);
    assert.deepEqual(names.slice(-2), ['dhcp-request-seen', 'dhcp-offer-sent']);
    assert.match(told.advice, /did not take the offer/);
    const stranger = await client.do(`GET /v1/introspection/${other}/timeline`);
    assert.equal(stranger.last_stage, 'power-on-acknowledged');
    assert.equal((await client.introspection(uuid)).error, null);
  });
});
