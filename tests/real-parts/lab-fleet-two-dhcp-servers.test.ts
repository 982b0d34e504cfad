import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cleanUpPeriod } from '../../lab/fleet/fleet-service-configuration.ts';
import { openFleetSite } from '../../lab/fleet/fleet-site.ts';
import { skipWithout } from '../../testing/debian-packages.ts';
import { withoutNamespaces } from '../../testing/network-namespace.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

const skip =
  skipWithout(['dnsmasq-base', 'iproute2', 'iptables', 'nftables', 'python3', 'util-linux']) ||
  withoutNamespaces();

const machines = 40;
/** Seconds. */
const timeout = 60;

/** Plays a fleet at two DHCP servers; the service is killed and started anew when the first machines are on. */
async function play(driver: 'nftables' | 'iptables' | 'dnsmasq', profile: string) {
  const site = await openFleetSite(temporaryFolder().path, {
    driver,
    timeout,
    bootLimit: machines,
    secondDhcp: true,
  });
  let crash: Promise<void> | undefined;
  const started = (line: string) => {
    if (/^powered-on [1-9]/.test(line)) crash ??= site.crashService();
  };
  try {
    const lateness = timeout + cleanUpPeriod;
    const order = { machines, profile, seed: 4, speed: 2, lateness, patience: 150, keep: false };
    const account = await site.play({ ...order, start: 'bulk' }, started);
    assert.ok(crash, 'the service was not killed');
    await crash;
    return account;
  } finally {
    await site.close();
  }
}

const options = { skip, timeout: 180_000, concurrency: true };

describe('a fleet at two DHCP servers, with a service that crashes', options, () => {
  for (const [driver, profile] of [
    ['nftables', 'lossy'],
    ['iptables', 'normal'],
    ['dnsmasq', 'normal'],
  ] as const) {
    it(`is answered by the right one alone, and introspected whatever happens, behind ${driver}`, async () => {
      const { deviations, dhcp, outcomes } = await play(driver, profile);

      assert.deepEqual(deviations, []);
      assert.ok(dhcp, 'no word of DHCP');
      const { answers, ...counts } = dhcp;
      assert.deepEqual(counts, { wrong: 0, idle: 4, deployed: outcomes.finished });
      assert.ok(answers.inspection >= 4 * outcomes.finished, `${answers.inspection} answers`);
      if (profile === 'normal') assert.equal(outcomes.finished, machines);
    });
  }
});
