// Shows these lines of docs/compatibility.md: raid-device-notes, raid-device-serial.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { runHookPipeline } from '../../../testing/hook-pipeline.ts';
import { nodeDraft } from '../../../testing/node-draft-builder.ts';
import { disk, ramdiskData } from '../../../testing/ramdisk-data-builder.ts';
import { recordedHooks } from '../../../testing/recorded-hook-case.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import type { JsonObject, JsonValue } from '../../json/json-value.ts';
import { raidDeviceHook } from './raid-device.ts';

function run(serials: readonly JsonValue[], node: JsonObject = {}) {
  const disks = serials.map((serial, index) => disk({ name: `/dev/sd${index}`, serial }));
  return runOn(ramdiskData({ 'inventory.disks': disks }), node);
}

function runOn(data: JsonObject, node: JsonObject = {}) {
  const draft = nodeDraft(node);
  const log = recordingLogger();
  void raidDeviceHook().beforeUpdate?.(data, draft, { log });
  return { patch: draft.plan().nodePatch, log };
}

const noted = (...serials: JsonValue[]) => ({ extra: { other: 1, block_devices: { serials } } });

describe('raid_device', () => {
  it('notes the serials of all disks at the first run', () => {
    const { patch } = run(['a', 'b', null, '', 5]);

    assert.deepEqual(patch, [{ op: 'add', path: '/extra/block_devices', value: { serials: ['a', 'b'] } }]);
  });

  it('makes the one new disk the root device at the second run, and removes the notes', () => {
    const { patch } = run(['a', 'b', 'c'], noted('a', 'b'));

    assert.deepEqual(patch, [
      { op: 'remove', path: '/extra/block_devices' },
      { op: 'add', path: '/properties/root_device', value: { serial: 'c' } },
    ]);
  });

  it('decides nothing when no disk, or more than one, is new', () => {
    const none = run(['a'], noted('a', 'b'));
    const several = run(['a', 'c', 'd'], noted('a'));

    assert.deepEqual([none.patch, several.patch], [[], []]);
    assert.deepEqual(none.log.at('warning'), ['No new devices were found']);
    assert.deepEqual(several.log.at('warning'), [
      'Root device cannot be identified because multiple new devices were found',
    ]);
  });

  it('leaves a node alone that has a root device, of whatever value', () => {
    assert.deepEqual(run(['a'], { properties: { root_device: null } }).patch, []);
  });

  it('does nothing without serials', () => {
    const { patch, log } = run([null]);

    assert.deepEqual(patch, []);
    assert.deepEqual(log.at('warning'), ['No block device with a serial was received from the ramdisk']);
    assert.deepEqual(run([]).patch, []);
  });

  it('reads the list of ramdisks that send no inventory', () => {
    const { patch } = runOn({ block_devices: { serials: ['a', null, 'b'] } });

    assert.deepEqual(patch, [{ op: 'add', path: '/extra/block_devices', value: { serials: ['a', 'b'] } }]);
    for (const odd of [null, 'x', [], {}, { serials: 'ab' }]) {
      assert.deepEqual(runOn({ block_devices: odd }).patch, []);
    }
  });

  it('notes the serials anew when the notes are malformed (raid-device-notes)', () => {
    for (const odd of [null, 'x', [], {}, { serials: null }, { serials: 'ab' }]) {
      const { patch, log } = run(['a'], { extra: { block_devices: odd } });

      assert.deepEqual(patch, [{ op: 'add', path: '/extra/block_devices', value: { serials: ['a'] } }]);
      assert.equal(log.at('warning').length, 1);
    }
  });

  it('makes no hint of a serial that would be an operator (raid-device-serial)', () => {
    for (const serial of ['<or> a <or> b', '<in> a', ' s!= x', '>=', '=1', ' ', '<All-In> x']) {
      const { patch, log } = run(['a', serial], noted('a'));

      assert.deepEqual(patch, [], serial);
      assert.deepEqual(log.at('warning'), ['The serial of the new device cannot be a root device hint']);
    }
  });

  it('takes local_gb to be 1 until the root disk is known', () => {
    const before = (localGb: JsonValue | undefined) => {
      const data = ramdiskData({ local_gb: localGb });
      void raidDeviceHook().beforeProcessing?.(data, { log: recordingLogger() });
      return data.local_gb;
    };

    assert.deepEqual([before(undefined), before(0), before(null), before(7)], [1, 1, 1, 7]);
  });
});

const oracle = new URL('../../../../shared/oracle/', import.meta.url);

describe('raid_device on recorded introspections of one node', {
  skip: existsSync(oracle) ? false : 'the recorded answers are not here',
}, () => {
  for (const name of ['raid-two-runs', 'raid-two-new-disks', 'raid-no-disks']) {
    it(`leaves in ${name} what the original left, after each`, async () => {
      const { steps, variant } = JSON.parse(
        readFileSync(new URL(`golden-head/${name}.json`, oracle), 'utf8'),
      );
      const posted = steps.filter((step: any) => step.request?.path === '/v1/continue');
      const after = steps.filter((step: any) => step.ironic !== undefined);
      let node: JsonObject = { extra: {}, properties: {} };

      for (const [index, step] of posted.entries()) {
        const draft = nodeDraft(node);
        const failures = await runHookPipeline(recordedHooks(oracle, variant), step.request.json, draft);

        const { extra, properties } = draft.node;
        assert.deepEqual(failures, []);
        assert.deepEqual(
          { extra, properties },
          {
            extra: after[index].ironic.node.extra,
            properties: after[index].ironic.node.properties,
          },
        );
        node = { extra, properties };
      }
      assert.equal(posted.length, after.length);
    });
  }
});
