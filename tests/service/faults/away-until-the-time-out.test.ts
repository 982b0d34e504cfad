// Shows these lines of docs/compatibility.md: processing-waits.
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { takeUpLostWork } from '../../../src/introspection/take-up.ts';
import { timeOut } from '../../../src/introspection/time-out.ts';
import { faultWorld } from './fault-world.ts';
import { callBack, flows, type Subject, start, subjectIn } from './flow.ts';

async function twoWaiting(t: TestContext): Promise<readonly [Subject, Subject]> {
  const world = await faultWorld();
  t.after(() => world.close());
  const [one, other] = [subjectIn(world, 1), subjectIn(world, 2)];
  for (const subject of [one, other]) {
    await flows.continue.prepare(subject);
  }
  return [one, other];
}

describe('when other services stay away', () => {
  it('time-outs go on, and say what the processing waited for', async (t) => {
    const [one, other] = await twoWaiting(t);
    const { world, on } = one;
    world.trouble({ service: 'ironic', pattern: /ports|^PATCH/ }, 'busy', Number.POSITIVE_INFINITY);
    const answer = await callBack(one);
    await takeUpLostWork(on);
    await world.test.settled();
    const meanwhile = await on.nodes.get(one.uuid);
    world.test.clock.advance(3_600_001);
    world.trouble({ service: 'ironic', pattern: /./ }, 'refused', Number.POSITIVE_INFINITY);

    await timeOut(on);

    assert.deepEqual([answer.status, meanwhile.state], [503, 'processing']);
    const [ended, late] = [await on.nodes.get(one.uuid), await on.nodes.get(other.uuid)];
    assert.equal(ended.state, 'error');
    assert.match(
      ended.error ?? '',
      /^Introspection timeout: the data could not be processed: Ironic answered 503/,
    );
    assert.equal(late.state, 'error');
    assert.match(late.error ?? '', /^Introspection timeout/);
    assert.deepEqual(await on.nodes.withWorkInFlight(), []);
    world.heal();
    assert.deepEqual(await start(one), { status: 202, message: '' });
  });
});
