import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareMetalNode, bareMetalPort } from '../../testing/bare-metal-builder.ts';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import { introspectionUnderTest, posted } from '../../testing/introspection-builder.ts';
import { recordedNodeUuid as uuid } from '../../testing/node-record-builder.ts';
import { ramdiskData, ramdiskMacs } from '../../testing/ramdisk-data-builder.ts';
import { defaultsOf } from '../config/option.ts';
import { loggerOver } from '../logging/logger.ts';
import { ramdiskLogs } from '../ramdisk-logs/ramdisk-logs.ts';
import { ramdiskLogsOptions } from '../ramdisk-logs/ramdisk-logs-options.ts';
import { conductor } from './conductor.ts';

const oneMachine = () =>
  new FakeBareMetal({ nodes: [bareMetalNode()], ports: [bareMetalPort({ address: ramdiskMacs.eno1 })] });

describe('the conductor', () => {
  it('starts, takes the callback, finishes and reapplies', async () => {
    const test = await introspectionUnderTest(oneMachine());
    const api = conductor(test.on);
    const states: string[] = [];
    const stateNow = async () => void states.push((await test.on.nodes.get(uuid)).state);

    await api.start(uuid, { manageBoot: true });
    await test.settled();
    await stateNow();
    const answer = await api.continue(posted(ramdiskData()));
    await test.settled();
    await stateNow();
    await api.reapply(uuid, undefined);
    await test.settled();
    await stateNow();

    assert.deepEqual(answer, { uuid });
    assert.deepEqual(states, ['waiting', 'finished', 'finished']);
    assert.deepEqual(test.bareMetal.nodes.get(uuid)?.properties.cpus, '48');
  });

  it('aborts', async () => {
    const test = await introspectionUnderTest(oneMachine());
    const api = conductor(test.on);
    await api.start(uuid, { manageBoot: false });

    await api.abort(uuid);
    await test.settled();

    const { state, error } = await test.on.nodes.get(uuid);
    assert.deepEqual([state, error], ['error', 'Canceled by operator']);
  });

  it('names the request in all that it logs of it, the finish in the background too', async () => {
    const requests: unknown[] = [];
    const log = loggerOver((_level, _message, fields) => requests.push(fields?.['request_id']));
    const test = await introspectionUnderTest(oneMachine());
    const api = conductor({ ...test.on, log });
    const seen = async (work: Promise<unknown>) => {
      await work;
      await test.settled();
      return [...new Set(requests.splice(0))];
    };

    assert.deepEqual(await seen(api.start(uuid, { manageBoot: true }, { requestId: 'req-1' })), ['req-1']);
    assert.deepEqual(await seen(api.continue(posted(ramdiskData()), { requestId: 'req-2' })), ['req-2']);
    assert.deepEqual(await seen(api.reapply(uuid, undefined, { requestId: 'req-3' })), ['req-3']);
    await seen(api.start(uuid, { manageBoot: true }));
    assert.deepEqual(await seen(api.abort(uuid, { requestId: 'req-4' })), ['req-4']);
  });

  it("has the node in front of every line between callback and end, the ramdisk's logs among them", async () => {
    const lines: { message: string; request: unknown }[] = [];
    const log = loggerOver((_level, message, fields) =>
      lines.push({ message, request: fields?.['request_id'] }),
    );
    const test = await introspectionUnderTest(oneMachine());
    const options = { ...defaultsOf(ramdiskLogsOptions), always_store_ramdisk_logs: true };
    const api = conductor({ ...test.on, log, ramdiskLogs: ramdiskLogs(options, test.on) });
    await api.start(uuid, { manageBoot: true });
    await test.settled();
    lines.length = 0;

    await api.continue(posted(ramdiskData({ logs: 'AAAA' })), { requestId: 'req-5' });
    await test.settled();

    const bare = lines.filter(
      ({ message, request }) => !message.startsWith('[node: ') || request !== 'req-5',
    );
    assert.deepEqual(bare, []);
    const kept = lines.find(({ message }) => message.includes('Ramdisk logs are not kept'));
    assert.ok(kept?.message.startsWith(`[node: ${uuid} state processing MAC `));
  });
});
