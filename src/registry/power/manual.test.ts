import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeDocument } from '../../../testing/node-document-builder.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { manualPower } from './manual.ts';

const driver_internal_info = { boot_device: { device: 'pxe', persistent: false } };

describe('manualPower', () => {
  const cases = [
    ['power on', 'power on', 'switch on'],
    ['rebooting', 'power on', 'restart, or switch on,'],
    ['soft rebooting', 'power on', 'restart, or switch on,'],
    ['power off', 'power off', 'switch off'],
    ['soft power off', 'power off', 'switch off'],
  ] as const;
  for (const [request, state, words] of cases) {
    it(`tells the operator what to do for '${request}'`, async () => {
      const log = recordingLogger();
      const node = nodeDocument({ name: 'rack-1' });

      const reached = await manualPower(log).setPower(node, request);

      assert.equal(reached, state);
      assert.deepEqual(log.lines, [`warning: Manual action needed: ${words} node ${node.uuid} (rack-1)`]);
    });
  }

  it('says that the machine has to boot from the network', async () => {
    const log = recordingLogger();
    const node = nodeDocument({ driver_internal_info });

    await manualPower(log).setPower(node, 'rebooting');

    assert.deepEqual(log.lines, [
      `warning: Manual action needed: restart, or switch on, node ${node.uuid} and let it boot from the network (PXE)`,
    ]);
  });

  it('knows no more of the power than the registry', async () => {
    const manual = manualPower(recordingLogger());

    assert.equal(await manual.readPower(nodeDocument()), null);
    assert.equal(await manual.readPower(nodeDocument({ power_state: 'power off' })), 'power off');
    await manual.setBootDevice(nodeDocument(), { device: 'pxe', persistent: true });
    manual.validate(nodeDocument());
  });
});
