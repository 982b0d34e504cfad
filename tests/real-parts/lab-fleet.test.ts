import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { FleetAccount, UnfinishedMachine } from '../../lab/fleet/fleet-account.ts';
import { cleanUpPeriod } from '../../lab/fleet/fleet-service-configuration.ts';
import { type FleetSite, openFleetSite } from '../../lab/fleet/fleet-site.ts';
import { skipWithout } from '../../testing/debian-packages.ts';
import { withoutNamespaces } from '../../testing/network-namespace.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

const skip =
  skipWithout(['dnsmasq-base', 'iproute2', 'nftables', 'python3', 'util-linux']) || withoutNamespaces();

const machines = 200;
/** Each waits for somebody else's time-out at some point. */
const troubledMachines = 100;
/** Seconds. Machines without an address hold their place among those that boot until then. */
const timeout = 20;

/** A time-out that names this stage, and says this of it. */
const stoppedAt = (stage: string, advice: string) =>
  new RegExp(`^Introspection timeout: the last stage reached is ${stage} \\(.*${advice}`);

const stops = {
  bootFile: stoppedAt(
    'boot-file-fetched',
    'booted from the network and did not call back: look at its console',
  ),
  lease: stoppedAt('dhcp-lease-given', 'has an address and fetched no boot file by TFTP'),
  noLease:
    /^Introspection timeout: the last stage reached is (dhcp-offer-sent \(.*did not take the offer|dhcp-request-seen \(.*made no offer|power-on-acknowledged \()/,
  power: stoppedAt('power-on-acknowledged', 'by a card whose MAC address a port of the node has'),
};

/** What the service has to say of a machine, by what the machine knows of itself. */
function explanationOf({ isOnBorrowedCard, reached }: UnfinishedMachine): RegExp {
  // What is done from its MAC address is another node's.
  if (isOnBorrowedCard) return stops.power;
  if (reached.includes('boot-file-fetched')) return stops.bootFile;
  return reached.includes('address-leased') ? stops.lease : stops.noLease;
}

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

  const play = (profile: string, count: number) =>
    site.play(
      {
        machines: count,
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
    const account = await play('normal', machines);

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

  it('comes to the expected ends whatever befalls it, and operators are told why, for each machine', async () => {
    const account = await play('lossy,duplicate-mac,lying-lldp,late', troubledMachines);

    assert.deepEqual(account.deviations, []);
    const { finished, failed } = account.outcomes;
    assert.equal(finished + failed, troubledMachines);
    assert.ok(account.lost.packets > 20 && account.lost.connections > 2, JSON.stringify(account.lost));
    assert.deepEqual(account.byTrait['none']?.failed, 0);
    // What is lost on the way, is sent twice or is a lie about cables is no reason for an error of the service.
    assert.deepEqual(
      Object.keys(account.answers).filter((status) => !['200', '400', 'none'].includes(status)),
      [],
    );
    // Those that are late, and those alone, call back when it is over.
    assert.deepEqual(account.byTrait['late'], { finished: 0, failed: 6, skipped: 0, unfinished: 0 });
    assert.equal(account.answers['400'], 6);
    for (const one of account.unfinished) {
      const explanation = explanationOf(one);
      assert.match(one.reason ?? '', explanation, JSON.stringify(one));
    }
  });

  it('leaves no node', () => {
    assert.deepEqual(
      lines.filter((line) => line.startsWith('removing')),
      [machines, troubledMachines].map((count) => `removing ${count} nodes`),
    );
    assert.deepEqual(
      lines.filter((line) => line.includes('could not be removed')),
      [],
    );
  });
});
