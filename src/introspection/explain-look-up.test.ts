// Shows these lines of docs/compatibility.md: lookup-failures.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareMetalNode } from '../../testing/bare-metal-builder.ts';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import { introspectionUnderTest, posted } from '../../testing/introspection-builder.ts';
import { ramdiskData, ramdiskMacs } from '../../testing/ramdisk-data-builder.ts';
import { LookupFailureStore } from '../nodes/lookup-failure-store.ts';
import { continueIntrospection } from './continue.ts';
import { rememberLookupFailure } from './explain-look-up.ts';

const one = '2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a01';
const other = '2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a02';
const mac = ramdiskMacs.eno1;

const machine = (bmc?: string) =>
  ramdiskData({ 'inventory.bmc_address': bmc, 'inventory.bmc_v6address': undefined });

/** As the hooks leave it. */
const processed = { ...machine(), all_interfaces: { eth0: { ip: null, mac, client_id: null, pxe: true } } };

async function failed(known: Readonly<Record<string, Record<string, string[]>>>, data: any) {
  const test = await introspectionUnderTest(new FakeBareMetal({ nodes: [bareMetalNode()] }));
  const store = new LookupFailureStore(test.database, test.clock);
  for (const [uuid, attributes] of Object.entries(known)) {
    await test.on.nodes.start(uuid, { manageBoot: true });
    await test.on.nodes.addAttributes(uuid, attributes);
  }
  await assert.rejects(continueIntrospection(test.on, posted(data)), { kind: 'invalid' });
  return { ...test, failures: await store.list() };
}

describe('a look-up that failed', () => {
  it('names the nodes that contradict each other, and the addresses that do', async () => {
    const { failures, log } = await failed(
      { [one]: { mac: [mac] }, [other]: { bmc_address: ['192.0.2.10'] } },
      machine('192.0.2.10'),
    );

    const [failure] = failures;
    assert.deepEqual(failure?.candidates, [
      { node: one, matches: 1 },
      { node: other, matches: 1 },
    ]);
    assert.equal(failure?.clashes.length, 2);
    assert.match(failure?.advice ?? '', /MAC address 52:54:00:aa:bb:01 belongs to node .*01/);
    assert.ok(log.at('error').some((line) => line.includes('What would help: The addresses of this one')));
  });

  it('says what a node must have where there is no candidate', async () => {
    const { failures } = await failed({}, machine());

    assert.deepEqual(failures[0]?.candidates, []);
    assert.deepEqual(failures[0]?.attributes, {
      bmc_address: [],
      mac: [...Object.values(ramdiskMacs), '00:00:00:00:00:00'],
    });
    assert.match(failures[0]?.advice ?? '', /^No node under introspection has any/);
    assert.match(failures[0]?.failures[0] ?? '', /^Look up error: Could not find a node/);
  });

  it('says that the ramdisk saw no addresses', async () => {
    const { failures } = await failed({}, { inventory: { interfaces: [] } });

    assert.match(failures[0]?.advice ?? '', /^The ramdisk reported neither/);
  });

  it('names the node whose introspection has ended meanwhile', async () => {
    const test = await introspectionUnderTest(new FakeBareMetal({ nodes: [] }));
    await test.on.nodes.start(one, { manageBoot: true });
    await test.on.nodes.addAttributes(one, { mac: [mac] });

    await rememberLookupFailure(test.on, processed, ['already finished']);

    const [failure] = await new LookupFailureStore(test.database, test.clock).list();
    assert.match(failure?.advice ?? '', new RegExp(`belong to node ${one}`));
    assert.deepEqual(failure?.clashes, []);
  });

  it('is only told in the log when it cannot be remembered', async () => {
    const lost = { add: async () => Promise.reject(new Error('lost')) };
    const test = await introspectionUnderTest(new FakeBareMetal({ nodes: [] }), { lookupFailures: lost });

    await rememberLookupFailure(test.on, processed, ['none']);

    assert.deepEqual(test.log.at('warning'), ['The failed look-up could not be explained: lost']);
  });
});
