// Shows these lines of docs/compatibility.md: example-hooks-log.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeBareMetal } from '../../../testing/fake-bare-metal.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { exampleNodeNotFoundHook } from './example.ts';

describe('the node-not-found hook example', () => {
  it('says that it was asked, and wants no node (example-hooks-log)', async () => {
    const log = recordingLogger();
    const bareMetal = new FakeBareMetal();
    const context = {
      log,
      bareMetal,
      findNodeByBmcAddress: async () => undefined,
      newUuid: '1be26c0b-03f2-4d2e-ae87-c02d7f33c123',
      isRecorded: async () => false,
    };

    const uuid = await exampleNodeNotFoundHook().handle({ inventory: {}, logs: 'x' }, context);

    assert.equal(uuid, undefined);
    assert.deepEqual(log.lines, ['debug: Processing node not found: inventory, logs']);
    assert.deepEqual(bareMetal.calls, []);
  });
});
