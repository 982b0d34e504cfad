import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { conductor } from '../../src/conductor/conductor.ts';
import { defaultsOf } from '../../src/config/option.ts';
import { swiftDataStore } from '../../src/introspection-data/swift-store.ts';
import { ironicOptions } from '../../src/ironic/ironic-options.ts';
import { openIronic } from '../../src/ironic/open-ironic.ts';
import { loggerOver } from '../../src/logging/logger.ts';
import { openSwift } from '../../src/swift/open-swift.ts';
import { clientSettingsWith } from '../../testing/client-settings.ts';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import { fakeSwift } from '../../testing/fake-swift.ts';
import { introspectionUnderTest, posted } from '../../testing/introspection-builder.ts';
import { ironicStandIn } from '../../testing/ironic-stand-in.ts';
import { numberedUuid } from '../../testing/numbered-uuid.ts';
import { ramdiskData, ramdiskMacs } from '../../testing/ramdisk-data-builder.ts';

const uuid = numberedUuid(1);

/** A conductor with clients of an Ironic and a Swift, and what they say of requests that are sent again. */
async function conducting(t: TestContext) {
  const [ironic, swift] = [await ironicStandIn(), await fakeSwift()];
  const lines: string[] = [];
  const log = loggerOver((_level, message, fields) => {
    const line = message.replace(/http:\S+\/v1/, '/v1');
    if (message.includes('trying again in')) lines.push(`${String(fields?.request_id)} ${line}`);
  });
  const parts = { now: () => new Date(), wait: async () => {}, random: () => 0, log };
  const settings = { auth_type: 'none', connect_retries: 1 };
  const bareMetal = openIronic({ ...defaultsOf(ironicOptions), ...settings, endpoint: ironic.url }, parts);
  const store = openSwift(clientSettingsWith({ ...settings, endpoint: swift.url }), parts);
  t.after(() => Promise.all([bareMetal.close(), store.close(), ironic.close(), swift.close()]));
  const data = swiftDataStore(store);
  const test = await introspectionUnderTest(new FakeBareMetal(), { bareMetal: bareMetal.service, data, log });
  ironic.add({ uuid }, [ramdiskMacs.eno1]);
  return { ironic, swift, lines, api: conductor(test.on), test };
}

describe('the log of a request that is sent again', () => {
  it('names the node and who asked, in the background too', async (t) => {
    const { ironic, swift, lines, api, test } = await conducting(t);
    ironic.fail(/^PUT .*power/, 'dropped', 1);
    ironic.fail(/^GET .*ports/, 'busy', 1);

    await api.start(uuid, { manageBoot: true }, { requestId: 'req-1' });
    await test.settled();
    swift.failOn(/^PUT .*UNPROCESSED/, 'reset');
    ironic.fail(/^PUT .*power/, 'locked', 1);
    await api.continue(posted(ramdiskData()), { requestId: 'req-2' });
    await test.settled();

    const begun = lines.map((line) => /^.* state \w+/.exec(line)?.[0].replace(uuid, '<node>'));
    assert.deepEqual(begun, [
      'req-1 [node: <node> state starting',
      'req-1 [node: <node> state starting',
      'req-2 [node: <node> state waiting',
      'req-2 [node: <node> state processing',
    ]);
  });
});
