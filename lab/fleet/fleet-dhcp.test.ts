import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type FakeReply, fakeCable } from './fake-cable.ts';
import { fleetDhcp, type LeaseRequest } from './fleet-dhcp.ts';

const address = '192.0.2.7';
const offer: FakeReply = { type: 'offer', address };
const ack: FakeReply = { type: 'ack', address };
const kept = { losesPacket: () => false, losesConnection: () => undefined };

function request(changes: Partial<LeaseRequest> = {}): LeaseRequest {
  return {
    mac: '52:54:f1:00:00:01',
    waits: [20, 40],
    link: kept,
    signal: new AbortController().signal,
    took: () => {},
    afterRefusal: async () => {},
    ...changes,
  };
}

describe('fleetDhcp', () => {
  it('takes what is offered, and tells how long both took', async () => {
    const cable = fakeCable(({ type }) => (type === 'discover' ? offer : ack));
    const steps: string[] = [];

    const lease = await fleetDhcp(cable).lease(request({ took: (step) => void steps.push(step) }));

    assert.deepEqual(lease, { address, server: '127.0.0.1' });
    assert.deepEqual(
      cable.asked.map(({ type }) => type),
      ['discover', 'request'],
    );
    assert.deepEqual(steps, ['DHCP offer', 'DHCP lease']);
  });

  it('serves many machines at once, each by its own answer', async () => {
    const cable = fakeCable(({ mac, type }) => ({
      type: type === 'discover' ? 'offer' : 'ack',
      address: `192.0.2.${Number.parseInt(mac.slice(-2), 16)}`,
    }));
    const dhcp = fleetDhcp(cable);

    const macs = [1, 2, 3].map((number) => `52:54:f1:00:00:0${number}`);
    const leases = await Promise.all(macs.map((mac) => dhcp.lease(request({ mac }))));

    assert.deepEqual(
      leases.map((lease) => lease?.address),
      ['192.0.2.1', '192.0.2.2', '192.0.2.3'],
    );
  });

  it('asks as often as it may, and gives up', async () => {
    const cable = fakeCable(() => undefined);

    assert.equal(await fleetDhcp(cable).lease(request()), undefined);

    assert.equal(cable.asked.length, 2);
  });

  it('asks again for what got lost on the way there or back', async () => {
    const cable = fakeCable(({ type }) => (type === 'discover' ? offer : ack));
    // Lost are the first request, and the answer to the second.
    const losses = [true, false, true];
    const link = { ...kept, losesPacket: () => losses.shift() ?? false };

    assert.equal((await fleetDhcp(cable).lease(request({ link, waits: [10, 10, 40] })))?.address, address);

    assert.deepEqual(
      cable.asked.map(({ type }) => type),
      ['discover', 'discover', 'request'],
    );
  });

  it('begins again when the server takes its offer back, but not for ever', async () => {
    let refusals = 0;
    const refusing = (most: number) =>
      fakeCable(({ type }) => {
        if (type === 'discover') return offer;
        refusals += 1;
        return refusals <= most ? { type: 'nak', address } : ack;
      });
    let pauses = 0;
    const afterRefusal = async () => void (pauses += 1);

    assert.equal((await fleetDhcp(refusing(2)).lease(request({ afterRefusal })))?.address, address);
    assert.equal(pauses, 2);
    assert.equal(await fleetDhcp(refusing(Infinity)).lease(request({ afterRefusal })), undefined);
  });

  it('has no address where only its request is not answered', async () => {
    const cable = fakeCable(({ type }) => (type === 'discover' ? offer : undefined));

    assert.equal(await fleetDhcp(cable).lease(request({ waits: [5] })), undefined);
  });

  it('stops when the machine is switched off', async () => {
    const power = new AbortController();
    const cable = fakeCable(() => {
      power.abort();
      return undefined;
    });

    await assert.rejects(fleetDhcp(cable).lease(request({ signal: power.signal, waits: [60_000] })), {
      name: 'AbortError',
    });
  });
});
