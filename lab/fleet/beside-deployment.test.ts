import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { BesideDeployment } from './beside-deployment.ts';
import { DhcpWatch } from './dhcp-watch.ts';
import { fakeCable } from './fake-cable.ts';
import { accountOf } from './fleet-account.ts';
import { fleetDhcp } from './fleet-dhcp.ts';
import { planFleet } from './fleet-machine.ts';
import { fleetPace } from './fleet-pace.ts';
import { FleetRecord } from './fleet-record.ts';
import { fleetReport } from './fleet-report.ts';
import { simulatedPower } from './simulated-power.ts';

/** What a cable's server calls itself. */
const address = '127.0.0.1';

/** Two machines that are introspected and two idle ones, at a deployment that answers all it is told of. */
function fleet() {
  const all = planFleet({ machines: 4, traits: new Set(), seed: 1, bmcAddress: () => '' });
  const [machines, idle] = [all.slice(0, 2), all.slice(2)];
  const record = new FleetRecord();
  const told = new Set<string>();
  const cable = fakeCable(({ mac, type }) =>
    told.has(mac) ? { type: type === 'discover' ? 'offer' : 'ack', address: '192.0.2.9' } : undefined,
  );
  const watch = new DhcpWatch(address);
  const powers = all.map(({ number }) =>
    simulatedPower(
      async () => record.reached(number, 'deployed'),
      () => {},
    ),
  );
  const besides = new BesideDeployment({
    idle,
    machines,
    powers,
    deployment: { address, answer: ({ cards: [mac] }) => void told.add(mac) },
    dhcp: fleetDhcp(cable, (reply) => watch.saw(reply)),
    watch,
    record,
    pace: fleetPace(1000),
    signal: new AbortController().signal,
  });
  const account = () => accountOf({ machines, record, outcomes: new Map(), seconds: 1, besides });
  return { besides, machines, told, cable, watch, account };
}

describe('BesideDeployment', () => {
  it('has the deployment answer idle machines and those that are finished, and nobody else', async () => {
    const { besides, machines, told, account } = fleet();
    const macs = machines.map(({ cards }) => cards[0]);

    await besides.begin();
    assert.deepEqual(
      macs.map((mac) => told.has(mac)),
      [false, false],
    );
    besides.over(0, { state: 'finished', reason: null });
    besides.over(1, { state: 'failed', reason: 'no disks' });
    await besides.end();

    assert.deepEqual(
      macs.map((mac) => told.has(mac)),
      [true, false],
    );
    const { dhcp, deviations } = account();
    assert.deepEqual({ ...dhcp, answers: undefined }, { answers: undefined, wrong: 0, idle: 2, deployed: 1 });
    assert.ok((dhcp?.answers.deployment ?? 0) >= 4);
    assert.deepEqual(
      deviations.filter(({ expected }) => expected !== 'finished'),
      [],
    );
  });

  it('asks no more when it is stopped, whatever was under way', async () => {
    const { besides, cable } = fleet();

    await besides.begin();
    besides.over(0, { state: 'finished', reason: null });
    besides.stop();
    await besides.end();
    const asked = cable.asked.length;
    await setTimeout(50);

    assert.equal(cable.asked.length, asked);
    assert.deepEqual(besides.booted, []);
  });

  it('names the machines that the wrong server answered', async () => {
    const { besides, watch, machines, account } = fleet();
    const mac = machines[0]!.cards[0];

    await besides.begin();
    watch.saw({ type: 'offer', xid: 0, mac, address: '192.0.2.9', server: address });
    await besides.end();

    assert.match(
      fleetReport(account()),
      /wrong ones: 1\n.*\n.*\n[^]*fleet-00000 \(plain\): expected answers of the inspection DHCP server alone, came offer of the deployment one/,
    );
  });
});
