// Shows these lines of docs/compatibility.md: accelerators-malformed.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { nodeDraft } from '../../../testing/node-draft-builder.ts';
import { ramdiskData } from '../../../testing/ramdisk-data-builder.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import type { JsonObject, JsonValue } from '../../json/json-value.ts';
import { acceleratorsHook } from './accelerators.ts';

function run(devices: JsonValue | undefined, properties: JsonObject = {}) {
  const draft = nodeDraft({ properties });
  const log = recordingLogger();
  const hook = acceleratorsHook({ known_devices: null });
  void hook.beforeUpdate?.(ramdiskData({ pci_devices: devices }), draft, { log });
  return { accelerators: draft.node.properties.accelerators, log };
}

const t4 = { vendor_id: '10de', product_id: '1eb8', bus: '0000:3b:00.0' };
const gv100 = { vendor_id: '10de', product_id: '1df6', bus: '0000:5e:00.0' };
const nic = { vendor_id: '8086', product_id: '10fb', bus: '0000:01:00.0' };

describe('accelerators', () => {
  it('lists the known devices with their addresses, in the order of the ramdisk', () => {
    const { accelerators } = run([nic, gv100, t4, t4]);

    const entry = (deviceId: string, info: string, address: string) => ({
      vendor_id: '10de',
      device_id: deviceId,
      type: 'GPU',
      device_info: info,
      pci_address: address,
    });
    assert.deepEqual(accelerators, [
      entry('1df6', 'NVIDIA Corporation GV100GL', '0000:5e:00.0'),
      entry('1eb8', 'NVIDIA Corporation Tesla T4', '0000:3b:00.0'),
      entry('1eb8', 'NVIDIA Corporation Tesla T4', '0000:3b:00.0'),
    ]);
  });

  it('leaves the property as it was when none is found', () => {
    assert.deepEqual(run([nic], { accelerators: ['old'] }).accelerators, ['old']);
    assert.equal((run([t4], { accelerators: ['old', 'other'] }).accelerators as JsonValue[]).length, 1);
  });

  it('warns when there are no PCI devices', () => {
    for (const devices of [undefined, null, []]) {
      const { accelerators, log } = run(devices);

      assert.equal(accelerators, undefined);
      assert.deepEqual(log.at('warning'), [
        'Unable to find accelerators: no PCI devices in the introspection data',
      ]);
    }
  });

  it('leaves out devices without ids or address (accelerators-malformed)', () => {
    const { bus: _bus, ...withoutBus } = t4;
    const { accelerators, log } = run([
      withoutBus,
      null,
      { bus: 'x' },
      { vendor_id: 1, product_id: [] },
      gv100,
    ]);

    assert.equal((accelerators as JsonValue[]).length, 1);
    assert.deepEqual(log.at('warning'), [
      'Ignoring 1 items of pci_devices: expected objects',
      'Ignoring 1 accelerators without a bus address',
    ]);
  });

  it('cannot be made without its file', () => {
    assert.throws(() => acceleratorsHook({ known_devices: '/nonexistent/devices.yaml' }), {
      kind: 'invalid',
      message: /^Accelerators cannot be read from \/nonexistent\/devices\.yaml: ENOENT/,
    });
  });
});

const samples = new URL('../../../../shared/data/pci/', import.meta.url);

describe('accelerators on the devices of real machines', {
  skip: existsSync(samples) ? false : 'the devices are not here',
}, () => {
  const read = (name: string): any => JSON.parse(readFileSync(new URL(name, samples), 'utf8'));

  it('knows what the original knows', () => {
    const known = read('known-accelerators.json')['ironic-inspector'].pci_devices;
    const devices = known.map((entry: any, index: number) => ({
      vendor_id: entry.vendor_id,
      product_id: entry.device_id,
      bus: `bus ${index}`,
    }));

    assert.deepEqual(
      run(devices).accelerators,
      known.map((entry: any, index: number) => ({ ...entry, pci_address: `bus ${index}` })),
    );
  });

  for (const name of ['ghw-accel-nvidia', 'hwloc-power8-gpu', 'hwloc-xeon-pcilocality']) {
    it(`takes those of ${name}`, () => {
      const { pci_devices: devices } = read(`${name}.json`);
      const isKnown = (device: any) => device.vendor_id === '10de' && /^1eb8$|^1df6$/.test(device.product_id);

      const { accelerators = [] } = run(devices);

      assert.ok(devices.length > 0);
      assert.equal((accelerators as JsonValue[]).length, devices.filter(isKnown).length);
    });
  }
});
