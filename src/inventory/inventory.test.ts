import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ramdiskData } from '../../testing/ramdisk-data-builder.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import type { JsonValue } from '../json/json-value.ts';
import { silentLogger } from '../logging/logger.ts';
import { inventoryOf } from './inventory.ts';

const log = silentLogger();

describe('inventoryOf', () => {
  it('reads the parts that hooks need', () => {
    const inventory = inventoryOf(ramdiskData(), log);

    assert.deepEqual(
      inventory.interfaces.map((nic) => nic.name),
      ['eno1', 'eno2', 'eno3', 'lo'],
    );
    assert.deepEqual(
      inventory.disks.map((disk) => disk.name),
      ['/dev/sda', '/dev/sdb'],
    );
    assert.deepEqual(inventory.cpu, {
      count: 48,
      architecture: 'x86_64',
      flags: ['fpu', 'vmx', 'aes', 'pse', 'pdpe1gb', 'avx'],
    });
    assert.deepEqual(inventory.memory, { physicalMb: 131072 });
    assert.deepEqual(inventory.boot, { currentBootMode: 'uefi' });
  });

  it('fails when the inventory is missing, empty, null or no object', () => {
    const expected = { kind: 'invalid', message: 'Hardware inventory is empty or missing' };

    for (const inventory of [undefined, null, {}, [], [1], 'x', 5] as const) {
      assert.throws(() => inventoryOf(ramdiskData({ inventory: inventory as JsonValue }), log), expected);
    }
  });

  it('fails when there is no interface', () => {
    const expected = { kind: 'invalid', message: 'No network interfaces provided in the inventory' };

    for (const interfaces of [undefined, null, [], {}, 'x', [null]] as const) {
      const data = ramdiskData({ 'inventory.interfaces': interfaces as JsonValue });

      assert.throws(() => inventoryOf(data, log), expected);
    }
  });

  it('puts an empty list in the place of missing disks', () => {
    for (const disks of [undefined, null, [], '']) {
      const data = ramdiskData({ 'inventory.disks': disks });
      const recording = recordingLogger();

      const inventory = inventoryOf(data, recording);

      assert.deepEqual(inventory.disks, []);
      assert.deepEqual((data.inventory as any).disks, []);
      assert.deepEqual(recording.at('info'), [
        'No disks were detected in the inventory, assuming a disk-less node',
      ]);
    }
  });

  it('leaves disks of the wrong type in the document and reads none', () => {
    const data = ramdiskData({ 'inventory.disks': 'sda' });
    const recording = recordingLogger();

    const inventory = inventoryOf(data, recording);

    assert.deepEqual(inventory.disks, []);
    assert.equal((data.inventory as any).disks, 'sda');
    assert.deepEqual(recording.at('warning'), ['Ignoring inventory.disks: expected a list, got text']);
  });

  it('leaves out list items that are no objects', () => {
    const recording = recordingLogger();

    const inventory = inventoryOf(ramdiskData({ 'inventory.disks': [null, { name: 'a' }, 5] }), recording);

    assert.deepEqual(inventory.disks, [{ name: 'a' }]);
    assert.deepEqual(recording.at('warning'), ['Ignoring 2 items of inventory.disks: expected objects']);
  });

  it('reads nothing from parts that are missing or null (inventory-parts-null)', () => {
    for (const part of [undefined, null, {}] as const) {
      const data = ramdiskData({ 'inventory.cpu': part, 'inventory.memory': part, 'inventory.boot': part });

      const { cpu, memory, boot } = inventoryOf(data, log);

      assert.deepEqual(cpu, { count: undefined, architecture: undefined, flags: [] });
      assert.deepEqual(memory, { physicalMb: undefined });
      assert.deepEqual(boot, { currentBootMode: undefined });
    }
  });

  it('takes no architecture from null (cpu-arch-null), and text from numbers', () => {
    const architecture = (value: JsonValue) =>
      inventoryOf(ramdiskData({ 'inventory.cpu.architecture': value }), log).cpu.architecture;

    assert.equal(architecture(null), undefined);
    assert.equal(architecture(64), '64');
    assert.equal(architecture(true), 'True');
  });

  it('leaves out flags that are no text', () => {
    const { cpu } = inventoryOf(ramdiskData({ 'inventory.cpu.flags': ['vmx', null, 5] }), log);

    assert.deepEqual(cpu.flags, ['vmx']);
  });

  it('takes an empty boot mode for unknown', () => {
    assert.equal(
      inventoryOf(ramdiskData({ 'inventory.boot.current_boot_mode': '' }), log).boot.currentBootMode,
      undefined,
    );
  });
});
