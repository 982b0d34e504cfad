import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeDraft } from '../../../testing/node-draft-builder.ts';
import { ramdiskData } from '../../../testing/ramdisk-data-builder.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { defaultsOf } from '../../config/option.ts';
import type { JsonObject, JsonValue } from '../../json/json-value.ts';
import { capabilitiesHook, capabilitiesOptions } from './capabilities.ts';

const defaults = defaultsOf(capabilitiesOptions);

function run(changes: Record<string, JsonValue | undefined>, options = {}, properties: JsonObject = {}) {
  const draft = nodeDraft({ properties });
  const log = recordingLogger();
  void capabilitiesHook({ ...defaults, ...options }).beforeUpdate?.(ramdiskData(changes), draft, { log });
  return { capabilities: draft.node.properties.capabilities, log, plan: draft.plan() };
}

describe('capabilities', () => {
  it('turns CPU flags into capabilities, in the order of the option', () => {
    assert.equal(run({}).capabilities, 'cpu_vt:true,cpu_aes:true,cpu_hugepages:true,cpu_hugepages_1g:true');
    assert.equal(run({ 'inventory.cpu.flags': ['smx', 'svm'] }).capabilities, 'cpu_vt:true,cpu_txt:true');
    const own = { cpu_flags: { avx: 'cpu_avx', aes: 'has_aes', none: 'x' } };
    assert.equal(run({}, own).capabilities, 'cpu_avx:true,has_aes:true');
  });

  it('puts the boot mode before them when asked for', () => {
    assert.equal(
      run({ 'inventory.cpu.flags': ['vmx'] }, { boot_mode: true }).capabilities,
      'boot_mode:uefi,cpu_vt:true',
    );
  });

  it('keeps the capabilities that the node has', () => {
    const { capabilities } = run(
      { 'inventory.cpu.flags': ['vmx'] },
      { boot_mode: true },
      { capabilities: 'boot_mode:bios,a:b' },
    );

    assert.equal(capabilities, 'boot_mode:uefi,a:b,cpu_vt:true');
  });

  it('changes nothing, with a warning, when there are no flags', () => {
    for (const flags of [undefined, null, []] as const) {
      const { plan, log } = run({ 'inventory.cpu.flags': flags as JsonValue });

      assert.deepEqual(plan.nodePatch, []);
      assert.deepEqual(log.at('warning'), ['No CPU flags in the inventory, please update the ramdisk']);
    }
  });

  it('skips a boot mode that is unknown or would make other capabilities (boot-mode-comma)', () => {
    for (const mode of [undefined, null, '', 'uefi,profile:x']) {
      const { capabilities, log } = run({ 'inventory.boot.current_boot_mode': mode }, { boot_mode: true });

      assert.equal(capabilities, 'cpu_vt:true,cpu_aes:true,cpu_hugepages:true,cpu_hugepages_1g:true');
      assert.deepEqual(log.at('warning'), ['No boot mode in the inventory, or a malformed one']);
    }
  });

  it('skips parts that are missing or null (inventory-parts-null)', () => {
    for (const part of [undefined, null]) {
      const { plan, log } = run({ 'inventory.cpu': part, 'inventory.boot': part }, { boot_mode: true });

      assert.deepEqual(plan.nodePatch, []);
      assert.equal(log.at('warning').length, 2);
    }
  });
});
