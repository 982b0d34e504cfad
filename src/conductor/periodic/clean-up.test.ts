import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeBareMetal } from '../../../testing/fake-bare-metal.ts';
import { introspectionUnderTest } from '../../../testing/introspection-builder.ts';
import { timestampOf } from '../../host/clock.ts';
import { TimelineStore } from '../../nodes/timeline-store.ts';
import { cleanUp } from './clean-up.ts';

const mac = '52:54:00:00:00:01';

describe('the clean-up task', () => {
  it('ends what has run for too long', async () => {
    const test = await introspectionUnderTest(new FakeBareMetal());
    await test.on.nodes.start('a', { manageBoot: true });
    test.clock.advance(3_600_001);
    const task = cleanUp(test.on, 60, { run: async () => {} });

    await task.run();

    const { state, error } = await test.on.nodes.get('a');
    assert.deepEqual([task.name, task.everySeconds], ['clean-up', 60]);
    assert.equal(state, 'error');
    assert.match(error ?? '', /^Introspection timeout: /);
  });

  it('takes in the latest word of boots first', async () => {
    const test = await introspectionUnderTest(new FakeBareMetal());
    await test.on.nodes.start('a', { manageBoot: true });
    await test.on.nodes.addAttributes('a', { mac: [mac] });
    test.clock.advance(3_600_001);
    const seen = {
      stage: 'dhcp-request-seen',
      mac,
      at: timestampOf(test.clock.now()),
      evidence: {},
      times: 1,
    } as const;

    await cleanUp(test.on, 60, { run: () => new TimelineStore(test.database).see([seen]) }).run();

    assert.match((await test.on.nodes.get('a')).error ?? '', /dhcp-request-seen/);
  });

  it('ends what has run for too long also when there is no word of boots', async () => {
    const test = await introspectionUnderTest(new FakeBareMetal());
    await test.on.nodes.start('a', { manageBoot: true });
    test.clock.advance(3_600_001);
    const noWord = { run: () => Promise.reject(new Error('no log')) };

    await cleanUp(test.on, 60, noWord).run();

    assert.equal((await test.on.nodes.get('a')).state, 'error');
    assert.match(test.log.at('warning')[0] ?? '', /so far: no log$/);
  });
});
