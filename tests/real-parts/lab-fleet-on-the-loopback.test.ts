import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { fakeCable } from '../../lab/fleet/fake-cable.ts';
import { traitsOf } from '../../lab/fleet/fleet-profile.ts';
import { type FleetOptions, simulateFleet } from '../../lab/fleet/simulate-fleet.ts';
import { type RunningService, runningService } from '../../testing/running-service.ts';

const timeout = 10;

describe('simulateFleet', () => {
  let service: RunningService;
  let files: Server;
  let bootFile: string;

  before(async () => {
    service = await runningService(`[DEFAULT]
timeout = ${timeout}
clean_up_period = 1
[processing]
processing_hooks = $default_processing_hooks,lldp_basic,local_link_connection
add_ports = all`);
    files = createServer((_, response) => void response.end('#!ipxe')).listen(0, '127.0.0.1');
    await once(files, 'listening');
    bootFile = `http://127.0.0.1:${(files.address() as AddressInfo).port}/boot.ipxe`;
  });
  after(async () => {
    files.close();
    await service.stop();
  });

  /** All addresses of the loopback are there, without that anybody has to add them. */
  function cable() {
    const leases = new Map<string, string>();
    return fakeCable(({ mac, type }) => {
      if (!leases.has(mac)) leases.set(mac, `127.1.0.${leases.size + 1}`);
      return { type: type === 'discover' ? 'offer' : 'ack', address: leases.get(mac) ?? '' };
    });
  }

  const options = (changes: Partial<FleetOptions>): FleetOptions => ({
    service: service.client.url,
    machines: 20,
    traits: traitsOf('normal'),
    seed: 1,
    speed: 50,
    start: 'bulk',
    bmcs: { host: '127.0.0.1', port: 0, addressOf: () => '127.0.0.1' },
    lateness: timeout + 3,
    patience: 60,
    keep: false,
    signal: new AbortController().signal,
    tell: () => {},
    ...changes,
  });
  const nodesLeft = async () => (await service.client.do('GET /baremetal/v1/nodes')).nodes.length;
  const machinesAt = ({ stages }: Awaited<ReturnType<typeof simulateFleet>>) =>
    Object.fromEntries(stages.map(({ stage, machines }) => [stage, machines]));

  it('boots all machines over the network, has them introspected in bulk, and leaves nothing', async () => {
    const account = await simulateFleet(options({ network: { frames: cable(), bootFile } }));

    assert.deepEqual(account.deviations, []);
    assert.equal(account.outcomes.finished, 20);
    const { 'booted-from-disk': disk, 'no-address': none, ...reached } = machinesAt(account);
    assert.deepEqual([disk, none], [0, 0]);
    for (const stage of [
      'powered-on',
      'address-leased',
      'boot-file-fetched',
      'ramdisk-up',
      'accepted',
      'powered-off',
    ]) {
      assert.equal(reached[stage], 20, stage);
    }
    assert.equal(await nodesLeft(), 0);
  });

  it('starts them one by one, and keeps the nodes if told so', async () => {
    const account = await simulateFleet(options({ machines: 5, start: 'single', keep: true }));

    assert.deepEqual([account.deviations, account.outcomes.finished], [[], 5]);
    assert.equal(await nodesLeft(), 5);
    const { nodes } = await service.client.do('GET /baremetal/v1/nodes');
    for (const { uuid } of nodes) await service.client.do(`DELETE /baremetal/v1/nodes/${uuid}`);
  });

  it('comes to the expected ends with every trait at once', async () => {
    const lines: string[] = [];

    const account = await simulateFleet(
      options({
        traits: traitsOf('mix'),
        start: 'single',
        network: { frames: cable(), bootFile },
        tell: (line) => lines.push(line),
      }),
    );

    assert.deepEqual(account.deviations, []);
    assert.deepEqual(account.byTrait['late'], { finished: 0, failed: 2, skipped: 0, unfinished: 0 });
    assert.ok((account.answers['400'] ?? 0) >= 2);
    assert.ok(account.lost.packets > 0);
    assert.match(lines.join('\n'), /^powered-on \d+, ramdisk-up \d+, .* of 20 are over$/m);
    assert.equal(await nodesLeft(), 0);
  });

  it('tells of machines that never answer, and waits no longer than it is told', async () => {
    const network = { frames: fakeCable(() => undefined), bootFile };

    const account = await simulateFleet(
      options({ machines: 2, start: 'single', patience: 2, lateness: 0, network }),
    );

    assert.deepEqual(
      [account.neverAnswered, account.outcomes.unfinished, account.deviations.length],
      [2, 2, 2],
    );
    assert.equal(machinesAt(account)['no-address'], 2);
    assert.equal(await nodesLeft(), 0);
  });

  it('removes the nodes when it is broken off', async () => {
    const broken = new AbortController();
    const tell = (line: string) => {
      if (line === 'starting the introspections') setTimeout(() => broken.abort(), 300);
    };

    await assert.rejects(simulateFleet(options({ speed: 1, signal: broken.signal, tell })), {
      name: 'AbortError',
    });

    assert.equal(await nodesLeft(), 0);
  });
});
