import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { FleetAccount } from '../../lab/fleet/fleet-account.ts';
import { cleanUpPeriod } from '../../lab/fleet/fleet-service-configuration.ts';
import { type FleetSite, openFleetSite } from '../../lab/fleet/fleet-site.ts';
import { skipWithout } from '../../testing/debian-packages.ts';
import { withoutNamespaces } from '../../testing/network-namespace.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

const skip =
  skipWithout(['dnsmasq-base', 'iproute2', 'nftables', 'python3', 'util-linux']) || withoutNamespaces();

const machines = 200;
/** Seconds. Machines without an address hold their place among those that boot until then. */
const timeout = 20;

describe('a fleet of 200 machines at a real dnsmasq behind the filter nftables', {
  skip,
  timeout: 180_000,
}, () => {
  const lines: string[] = [];
  let site: FleetSite;

  before(async () => {
    site = await openFleetSite(temporaryFolder().path, { driver: 'nftables', timeout, bootLimit: machines });
  });
  after(() => site?.close());

  const play = (profile: string) =>
    site.play(
      {
        machines,
        profile,
        seed: 9,
        speed: 10,
        start: 'bulk',
        lateness: timeout + 2 * cleanUpPeriod,
        patience: 120,
        keep: false,
      },
      (line) => lines.push(line),
    );

  const machinesAt = ({ stages }: FleetAccount) =>
    Object.fromEntries(stages.map((stage) => [stage.stage, stage.machines]));

  it('is introspected in bulk, every machine of it', async () => {
    const account = await play('normal');

    assert.deepEqual([account.deviations, account.complaints], [[], []]);
    assert.equal(account.outcomes.finished, machines);
    assert.deepEqual([account.neverAnswered, account.lost.packets], [0, 0]);
    const reached = machinesAt(account);
    for (const stage of [
      'powered-on',
      'address-leased',
      'boot-file-fetched',
      'ramdisk-up',
      'posted',
      'powered-off',
    ]) {
      assert.equal(reached[stage], machines, stage);
    }
    assert.equal(reached['no-address'], 0);
    for (const { step, count, p50, p99 } of account.durations) {
      assert.ok(count > 0 && p50 > 0 && p50 <= p99, step);
    }
  });

  it('comes to the expected ends with lost packets and connections, and MAC addresses that two machines have', async () => {
    const account = await play('lossy,duplicate-mac');

    assert.deepEqual(account.deviations, []);
    const { finished, failed } = account.outcomes;
    assert.equal(finished + failed, machines);
    // Every second pair shares the MAC address to boot from; the second machine of it may or may not get through.
    assert.ok(finished >= machines - 15, `${finished} finished`);
    assert.ok(account.lost.packets > 50 && account.lost.connections > 5, JSON.stringify(account.lost));
    assert.deepEqual(account.byTrait['none']?.failed, 0);
  });

  it('leaves no node', () => {
    assert.equal(lines.filter((line) => line === `removing ${machines} nodes`).length, 2);
    assert.deepEqual(
      lines.filter((line) => line.includes('could not be removed')),
      [],
    );
  });
});
