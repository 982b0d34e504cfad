// Shows these lines of docs/compatibility.md: active-node-taken-up.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareMetalNode, bareMetalPort } from '../../testing/bare-metal-builder.ts';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import { introspectionUnderTest, posted } from '../../testing/introspection-builder.ts';
import { ramdiskData, ramdiskMacs } from '../../testing/ramdisk-data-builder.ts';
import { workInFlight } from '../../testing/work-in-flight.ts';
import { ProcessLocks } from '../coordination/process-locks.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { continueIntrospection } from './continue.ts';
import { recover } from './recover.ts';
import { takeUpLostWork } from './take-up.ts';
import { timeOut } from './time-out.ts';

const { uuid } = bareMetalNode();
const gone = new InspectorError('unavailable', 'Ironic cannot be asked');

/** An active node has been found and recorded, and then Ironic went away before it could be processed. */
async function recorded() {
  const ports = [bareMetalPort({ address: ramdiskMacs.eno1 })];
  const bareMetal = new FakeBareMetal({ nodes: [bareMetalNode({ provision_state: 'active' })], ports });
  const test = await introspectionUnderTest(bareMetal);
  const on = { ...test.on, settings: { ...test.on.settings, permitActive: true } };
  const getNode = bareMetal.getNode.bind(bareMetal);
  let isAway = false;
  bareMetal.getNode = async (ident) => {
    if (isAway) throw gone;
    const node = await getNode(ident);
    isAway = true;
    return node;
  };
  const answer = continueIntrospection(on, posted(ramdiskData()));
  await assert.rejects(answer, { kind: 'unavailable' });
  const back = () => {
    bareMetal.getNode = getNode;
  };
  return { test, on, back, log: test.log };
}

describe('a node in use whose bare metal service goes away', () => {
  it('waits with what its ramdisk posted, and is free', async () => {
    const { on, log } = await recorded();

    assert.equal((await on.nodes.get(uuid)).state, 'waiting');
    assert.equal((await on.nodes.workOf(uuid))?.work.kind, 'process');
    assert.ok(await on.locks.tryAcquire(uuid));
    assert.match(log.at('warning').join(), /is left to be taken up again: Ironic cannot be asked/);
  });

  it('is processed once the service is back, and the ramdisk that tries again is told so', async () => {
    const { test, on, back } = await recorded();
    back();

    await takeUpLostWork(on);
    await test.settled();
    const answer = await continueIntrospection(on, posted(ramdiskData()));

    assert.deepEqual(answer, { uuid });
    const record = await on.nodes.get(uuid);
    assert.deepEqual([record.state, record.error], ['finished', null]);
    assert.deepEqual(test.bareMetal.argsOf('setPowerState'), []);
    assert.deepEqual(await workInFlight(on.nodes), []);
  });

  it('is processed as well when the ramdisk comes first, and after a restart', async () => {
    const first = await recorded();
    const restarted = await recorded();
    first.back();
    restarted.back();

    await continueIntrospection(first.on, posted(ramdiskData()));
    await recover({ ...restarted.on, locks: new ProcessLocks() });

    for (const { on, test } of [first, restarted]) {
      await test.settled();
      assert.equal((await on.nodes.get(uuid)).state, 'finished');
      assert.deepEqual(await workInFlight(on.nodes), []);
    }
  });

  it('times out with what it waited for', async () => {
    const { test, on } = await recorded();
    await takeUpLostWork(on);
    await test.settled();
    test.clock.advance(3_600_001);

    await timeOut(on);

    const { state, error } = await on.nodes.get(uuid);
    assert.equal(state, 'error');
    assert.equal(error, 'Introspection timeout: the data could not be processed: Ironic cannot be asked');
    assert.deepEqual(await workInFlight(on.nodes), []);
  });
});
