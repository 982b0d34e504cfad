import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeDraft } from '../../../testing/node-draft-builder.ts';
import { ramdiskData } from '../../../testing/ramdisk-data-builder.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import type { JsonObject, JsonValue } from '../../json/json-value.ts';
import { rootDiskSelectionHook } from './root-disk-selection.ts';

const gib = 2 ** 30;
const defaults = { disk_partitioning_spacing: true, overwrite_existing: true };

function run(properties: JsonObject, changes: Record<string, JsonValue | undefined> = {}, options = {}) {
  const data = ramdiskData(changes);
  const draft = nodeDraft({ properties });
  const log = recordingLogger();
  void rootDiskSelectionHook({ ...defaults, ...options }).beforeUpdate?.(data, draft, { log });
  const disks = (data.inventory as any).disks.map((disk: any) => disk.name);
  return { data, properties: draft.node.properties, rootDisk: (data.root_disk as any)?.name, disks, log };
}

describe('root_disk_selection without hints', () => {
  it("takes the ramdisk's root disk and leaves 1 GiB for partitioning", () => {
    const { data, properties, rootDisk } = run({});

    assert.equal(data.local_gb, 99);
    assert.deepEqual(properties, { local_gb: '99' });
    assert.equal(rootDisk, '/dev/sda');
  });

  it('leaves nothing when told so', () => {
    assert.equal(run({}, {}, { disk_partitioning_spacing: false }).data.local_gb, 100);
  });

  it('gives 0 without a root disk', () => {
    for (const disk of [undefined, null, {}] as const) {
      const { data, properties, log } = run({}, { root_disk: disk });

      assert.equal(data.local_gb, 0);
      assert.equal(properties.local_gb, '0');
      assert.deepEqual(log.at('info'), ['No root disk was found, assuming a disk-less node']);
    }
  });

  it('rounds down, and a disk of 1 GiB or less is 0', () => {
    const sizes: [number, number, number][] = [
      [0, 0, 1],
      [gib - 1, 0, 1],
      [gib, 0, 0],
      [2 * gib - 1, 0, 0],
      [2 * gib, 1, 0],
      [3.5 * gib, 2, 0],
    ];
    for (const [size, localGb, warnings] of sizes) {
      const { data, log } = run({}, { 'root_disk.size': size });

      assert.equal(data.local_gb, localGb, String(size));
      assert.equal(log.at('warning').length, warnings, String(size));
    }
  });

  it('refuses a root disk whose size is missing, negative or no number (root-disk-size)', () => {
    const sizes: [JsonValue | undefined, string][] = [
      [undefined, 'nothing'],
      [null, 'null'],
      ['5', 'text'],
      [-5, '-5'],
    ];
    for (const [size, got] of sizes) {
      assert.throws(() => run({}, { 'root_disk.size': size }), {
        kind: 'invalid',
        message: `root_disk.size: expected the size in bytes, 0 or more, got ${got}`,
      });
    }
  });

  it('keeps an existing local_gb when told so, but not an empty one', () => {
    const keep = { overwrite_existing: false };

    assert.equal(run({ local_gb: '3' }, {}, keep).properties.local_gb, '3');
    for (const empty of ['', 0, null])
      assert.equal(run({ local_gb: empty }, {}, keep).properties.local_gb, '99');
    assert.equal(run({ local_gb: '3' }).properties.local_gb, '99');
  });

  it('does not look at skip_block_devices', () => {
    assert.equal(run({ skip_block_devices: 'sda' }).data.local_gb, 99);
  });

  it('fails without an inventory', () => {
    assert.throws(() => run({}, { inventory: undefined }), {
      message: 'Hardware inventory is empty or missing',
    });
  });
});

describe('root_disk_selection with hints', () => {
  it('takes the first disk that matches', () => {
    const { data, rootDisk, properties } = run({ root_device: { size: '>= 200' } });

    assert.equal(rootDisk, '/dev/sdb');
    assert.equal(data.local_gb, 499);
    assert.equal(properties.local_gb, '499');
    assert.equal(run({ root_device: { size: '>= 50' } }).rootDisk, '/dev/sda');
  });

  it('is not affected by hints that are empty', () => {
    for (const hints of [{}, null, '']) assert.equal(run({ root_device: hints }).rootDisk, '/dev/sda');
  });

  it('fails when no disk matches, or there is none', () => {
    const expected = { kind: 'invalid', message: 'No disks satisfied root device hints' };

    assert.throws(() => run({ root_device: { size: 7 } }), expected);
    assert.throws(() => run({ root_device: { size: 7 } }, { 'inventory.disks': [] }), expected);
  });

  it('fails with the hints and the reason when they make no sense', () => {
    assert.throws(() => run({ root_device: { size: 0 } }), {
      kind: 'invalid',
      message:
        "No disks could be found using the root device hints {'size': 0} because they failed to validate. " +
        'Error: Root device hint "size" should be a positive integer. Current value: 0',
    });
    assert.throws(() => run({ root_device: 'sda' }), {
      message:
        "No disks could be found using the root device hints 'sda' because they failed to validate. " +
        'Error: Expected an object of root device hints, got text',
    });
  });

  it('takes disks that are to be skipped out of the inventory first', () => {
    const { rootDisk, disks } = run({
      root_device: { size: '>= 50' },
      skip_block_devices: [{ name: '/dev/sda' }],
    });

    assert.equal(rootDisk, '/dev/sdb');
    assert.deepEqual(disks, ['/dev/sdb']);
  });

  it('skips every disk that an entry matches', () => {
    const skip = [{ size: 7 }, { name: '<in> sd' }];

    assert.throws(() => run({ root_device: { size: '>= 50' }, skip_block_devices: skip }), {
      message: 'No disks satisfied root device hints',
    });
    const { disks } = run({ root_device: { size: '>= 50' }, skip_block_devices: [{ name: '/dev/sdz' }] });
    assert.deepEqual(disks, ['/dev/sda', '/dev/sdb']);
  });

  it('fails on a malformed skip list (skip-block-devices-malformed)', () => {
    const cases: [JsonValue, RegExp][] = [
      ['sda', /^The node's property skip_block_devices: expected a list of root device hints, got text$/],
      [{ name: 'x' }, /skip_block_devices: expected a list of root device hints, got an object$/],
      [
        [{}],
        /^No disks could be skipped using the skip_block_devices hints {} because they failed to validate\. /,
      ],
      [
        ['sda'],
        /hints 'sda' because they failed to validate\. Error: Expected an object of root device hints, got text$/,
      ],
      [
        [{ size: 0 }],
        /hints {'size': 0} because they failed to validate\. Error: Root device hint "size" should be/,
      ],
    ];
    for (const [skip, message] of cases) {
      const properties = { root_device: { size: 100 }, skip_block_devices: skip };

      assert.throws(() => run(properties), { kind: 'invalid', message });
    }
  });
});
