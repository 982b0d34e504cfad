import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { DhcpReply } from '../../testing/dhcp-packet.ts';
import { DhcpWatch } from './dhcp-watch.ts';
import { planFleet } from './fleet-machine.ts';

const [inspection, deployment] = ['192.0.2.1', '192.0.2.2'];
const [one, other] = planFleet({ machines: 2, traits: new Set(), seed: 1, bmcAddress: () => '' }) as [
  any,
  any,
];

const reply = (machine: typeof one, server: string): DhcpReply => ({
  type: 'offer',
  xid: 1,
  mac: machine.cards[0],
  address: '192.0.2.9',
  server,
});

describe('DhcpWatch', () => {
  let watch: DhcpWatch;
  beforeEach(() => {
    watch = new DhcpWatch(deployment);
  });

  it('counts the answers of both servers', () => {
    for (const server of [inspection, deployment, deployment]) watch.saw(reply(one, server));

    assert.deepEqual(watch.answers, { inspection: 1, deployment: 2 });
    assert.deepEqual(watch.wrong, []);
  });

  it('finds the answers of a server that should have kept silent', () => {
    watch.expect(one, 'deployment');
    watch.expect(other, 'inspection');
    for (const machine of [one, other]) watch.saw(reply(machine, inspection));
    watch.saw(reply(one, deployment));

    const wrong = { machine: one, expected: 'deployment', came: 'inspection', type: 'offer' };
    assert.deepEqual(watch.wrong, [wrong]);
  });

  it('does not judge when nothing is expected any more', () => {
    watch.expect(one, 'deployment');
    watch.expect(one);
    watch.saw(reply(one, inspection));

    assert.deepEqual(watch.wrong, []);
  });

  it('tells who answered a machine while something was done', async () => {
    const answered = await watch.during(one, async () => {
      watch.saw(reply(one, deployment));
      watch.saw(reply(other, inspection));
    });

    assert.deepEqual([...answered], ['deployment']);
  });
});
