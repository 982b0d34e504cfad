// Shows these lines of docs/compatibility.md: bmc-name-search.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareMetalNode, bareMetalPort } from '../../testing/bare-metal-builder.ts';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import type { JsonObject } from '../json/json-value.ts';
import { silentLogger } from '../logging/logger.ts';
import type { ResolveHost } from '../nodes/bmc-address.ts';
import { oneAtATime } from '../nodes/one-at-a-time.ts';
import { findByBmcAddress, findInUse } from './find-in-bare-metal.ts';

const macs = ['52:54:00:00:00:01', '52:54:00:00:00:02'] as const;

function searching(fields: { ports?: string[]; states?: string[] } = {}) {
  const [first = 'active', second = 'active'] = fields.states ?? [];
  const nodes = [
    bareMetalNode({ uuid: 'n1', provision_state: first, driver_info: { ipmi_address: '192.0.2.1' } }),
    bareMetalNode({
      uuid: 'n2',
      provision_state: second,
      driver_info: { redfish_address: 'https://192.0.2.2/' },
    }),
    bareMetalNode({ uuid: 'n3', driver_info: { ipmi_address: '192.0.2.2' }, provision_state: 'active' }),
  ];
  const ports = [
    bareMetalPort({ address: macs[0], node_uuid: 'n1' }),
    bareMetalPort({ address: macs[1], node_uuid: 'n2' }),
  ];
  const resolve = async (address: string) => [{ address, family: 4 }];
  return {
    bareMetal: new FakeBareMetal({ nodes, ports }),
    bmc: { fields: ['redfish_address'], resolve, searchInTurn: oneAtATime() },
    log: silentLogger(),
  };
}

describe('search in the bare metal service', () => {
  it('finds a node by its BMC', async () => {
    assert.equal(await findByBmcAddress(searching(), ['192.0.2.1']), 'n1');
    assert.equal(await findByBmcAddress(searching(), ['192.0.2.99']), undefined);
    assert.equal(await findByBmcAddress(searching(), []), undefined);
  });

  it('finds a node in use by MAC, by BMC, or by both', async () => {
    assert.equal(await findInUse(searching(), { mac: [macs[0]], bmc_address: [] }), 'n1');
    assert.equal(await findInUse(searching(), { mac: [], bmc_address: ['192.0.2.1'] }), 'n1');
    assert.equal(await findInUse(searching(), { mac: [macs[0]], bmc_address: ['192.0.2.1'] }), 'n1');
    assert.equal(await findInUse(searching(), { mac: ['52:54:00:00:00:99'], bmc_address: [] }), undefined);
  });

  it('refuses what is ambiguous, in the words of the original', async () => {
    await assert.rejects(findInUse(searching(), { mac: [...macs], bmc_address: [] }), {
      kind: 'invalid',
      message: `MAC addresses ['${macs[0]}', '${macs[1]}'] correspond to more than one node: ['n1', 'n2']`,
    });
    await assert.rejects(findInUse(searching(), { mac: [], bmc_address: ['192.0.2.2'] }), {
      message: "BMC addresses ['192.0.2.2'] correspond to more than one node: ['n2', 'n3']",
    });
    await assert.rejects(findInUse(searching(), { mac: [macs[1]], bmc_address: ['192.0.2.1'] }), {
      message: `MAC addresses ['${macs[1]}'] and BMC addresses ['192.0.2.1'] correspond to different nodes: n2 and n1`,
    });
  });

  it('refuses a node that is not in use', async () => {
    await assert.rejects(
      findInUse(searching({ states: ['manageable'] }), { mac: [macs[0]], bmc_address: [] }),
      {
        kind: 'invalid',
        message: 'Node n1 is not active, its provision state is manageable',
      },
    );
  });
});

/** So many nodes with a BMC of a name of its own, `bmc-0.example` being 192.0.2.0; and who was asked for. */
function named(count: number, driverInfo: (index: number) => JsonObject = () => ({})) {
  const nodes = Array.from({ length: count }, (_, index) =>
    bareMetalNode({
      uuid: `n${index}`,
      driver_info: { ipmi_address: `bmc-${index}.example`, ...driverInfo(index) },
    }),
  );
  const asked: string[] = [];
  const atOnce = { now: 0, most: 0 };
  const resolve: ResolveHost = async (host) => {
    asked.push(host);
    atOnce.most = Math.max(atOnce.most, ++atOnce.now);
    await new Promise((done) => setImmediate(done));
    atOnce.now--;
    return [{ address: `192.0.2.${/\d+/.exec(host)?.[0]}`, family: 4 }];
  };
  const bareMetal = new FakeBareMetal({ nodes });
  const bmc = { fields: [], resolve, searchInTurn: oneAtATime() };
  return { on: { bareMetal, bmc, log: silentLogger() }, asked, atOnce };
}

describe('names of BMCs', () => {
  it('are resolved four at a time, and all of them where all matches count', async () => {
    const { on, asked, atOnce } = named(20);

    assert.equal(await findInUse({ ...on }, { mac: [], bmc_address: ['192.0.2.99'] }), undefined);

    assert.equal(asked.length, 20);
    assert.equal(atOnce.most, 4);
  });

  it('are not resolved any more once a node is found', async () => {
    const { on, asked } = named(20);

    assert.equal(await findByBmcAddress(on, ['192.0.2.5']), 'n5');

    assert.ok(asked.length <= 9, asked.join(' '));
  });

  it('are not resolved at all where an address tells', async () => {
    const { on, asked } = named(20, (index) => (index === 7 ? { ipmi_address: '192.0.2.77' } : {}));

    assert.equal(await findByBmcAddress(on, ['192.0.2.77']), 'n7');

    assert.deepEqual(asked, []);
  });

  it('are listed in the order of the nodes, names and addresses mixed', async () => {
    const { on } = named(6, (index) => (index === 4 ? { ipmi_address: '192.0.2.1' } : {}));

    await assert.rejects(findInUse(on, { mac: [], bmc_address: ['192.0.2.1'] }), {
      message: "BMC addresses ['192.0.2.1'] correspond to more than one node: ['n1', 'n4']",
    });
  });

  it('are resolved by one search at a time', async () => {
    const { on, atOnce } = named(20);

    const found = await Promise.all(
      ['192.0.2.18', '192.0.2.19', '192.0.2.99'].map((address) => findByBmcAddress(on, [address])),
    );

    assert.deepEqual(found, ['n18', 'n19', undefined]);
    assert.equal(atOnce.most, 4);
  });
});
