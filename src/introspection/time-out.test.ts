import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import { introspectionUnderTest } from '../../testing/introspection-builder.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import { NodeStore } from '../nodes/node-store.ts';
import type { Event } from '../nodes/states.ts';
import { timeOut } from './time-out.ts';

describe('time-out', () => {
  it('ends what has run for longer than the option says, and nothing else', async () => {
    const test = await introspectionUnderTest(new FakeBareMetal());
    await test.on.nodes.register('old', { state: 'waiting', manageBoot: true });
    test.clock.advance(1000);
    await test.on.nodes.register('young', { state: 'waiting', manageBoot: true });
    test.clock.advance(3600 * 1000);

    await timeOut(test.on);

    const old = await test.on.nodes.get('old');
    assert.equal(old.state, 'error');
    assert.match(old.error ?? '', /^Introspection timeout: the last stage reached is started\. /);
    assert.equal((await test.on.nodes.get('young')).state, 'waiting');
    assert.deepEqual(test.accessChanges, [['old', undefined]]);
    assert.deepEqual(test.bareMetal.calls, [], 'power is left alone');
  });

  it('leaves a node that is being worked on to the next run', async () => {
    const test = await introspectionUnderTest(new FakeBareMetal());
    await test.on.nodes.register('busy', { state: 'processing', manageBoot: true });
    test.clock.advance(4000 * 1000);
    const release = await test.on.locks.tryAcquire('busy');

    await timeOut(test.on);
    const meanwhile = (await test.on.nodes.get('busy')).state;
    await release?.();
    await timeOut(test.on);

    assert.equal(meanwhile, 'processing');
    assert.equal((await test.on.nodes.get('busy')).state, 'error');
    assert.ok(test.log.at('error').some((line) => line.includes('its work was lost')));
  });

  it('goes on with the others when one node makes trouble', async () => {
    const test = await introspectionUnderTest(new FakeBareMetal());
    await test.on.nodes.register('bad', { state: 'waiting', manageBoot: true });
    await test.on.nodes.register('good', { state: 'waiting', manageBoot: true });
    test.clock.advance(4000 * 1000);
    class Failing extends NodeStore {
      override async end(record: NodeRecord, event: Event, error: string | null = null) {
        if (record.uuid === 'bad') throw new Error('trouble');
        return super.end(record, event, error);
      }
    }

    await timeOut({ ...test.on, nodes: new Failing(test.database, test.clock) });

    assert.equal((await test.on.nodes.get('good')).state, 'error');
    assert.ok(test.log.at('error').some((line) => line.includes('trouble')));
  });

  it('gives rows that a crash left in an end state their end', async () => {
    const test = await introspectionUnderTest(new FakeBareMetal());
    await test.on.nodes.register('damaged', { state: 'error', manageBoot: true });

    await timeOut(test.on);

    assert.notEqual((await test.on.nodes.get('damaged')).finishedAt, null);
  });

  it('does nothing when it is switched off', async () => {
    const test = await introspectionUnderTest(new FakeBareMetal());
    await test.on.nodes.register('old', { state: 'waiting', manageBoot: true });
    test.clock.advance(1e9);

    await timeOut({ ...test.on, settings: { ...test.on.settings, timeout: 0 } });

    assert.equal((await test.on.nodes.get('old')).state, 'waiting');
  });
});
