// Shows these lines of docs/compatibility.md: scheduler-negative.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeDraft } from '../../../testing/node-draft-builder.ts';
import { ramdiskData } from '../../../testing/ramdisk-data-builder.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import type { JsonObject, JsonValue } from '../../json/json-value.ts';
import { schedulerHook } from './scheduler.ts';

function run(changes: Record<string, JsonValue | undefined>, properties: JsonObject = {}, overwrite = true) {
  const data = ramdiskData(changes);
  const draft = nodeDraft({ properties });
  const log = recordingLogger();
  void schedulerHook({ overwrite_existing: overwrite }).beforeUpdate?.(data, draft, { log });
  const { cpus, cpu_arch, memory_mb } = data;
  return { data: { cpus, cpu_arch, memory_mb }, properties: draft.node.properties, log, plan: draft.plan() };
}

describe('scheduler', () => {
  it('sets CPUs, architecture and memory, as text, in one patch', () => {
    const { data, properties, plan } = run({});

    assert.deepEqual(data, { cpus: 48, cpu_arch: 'x86_64', memory_mb: 131072 });
    assert.deepEqual(properties, { cpus: '48', cpu_arch: 'x86_64', memory_mb: '131072' });
    assert.deepEqual(plan.nodePatch, [
      { op: 'add', path: '/properties/cpus', value: '48' },
      { op: 'add', path: '/properties/cpu_arch', value: 'x86_64' },
      { op: 'add', path: '/properties/memory_mb', value: '131072' },
    ]);
  });

  it('cuts fractions and reads numeric text', () => {
    assert.equal(run({ 'inventory.cpu.count': 7.9 }).properties.cpus, '7');
    assert.equal(run({ 'inventory.cpu.count': '16' }).properties.cpus, '16');
    assert.equal(run({ 'inventory.memory.physical_mb': ' 2048 ' }).properties.memory_mb, '2048');
  });

  it('skips CPUs and architecture, with a warning, when there is no count', () => {
    for (const count of [undefined, null, 'many', [], -4]) {
      const { data, properties, log } = run({ 'inventory.cpu.count': count });

      assert.deepEqual(data, { cpus: undefined, cpu_arch: undefined, memory_mb: 131072 });
      assert.deepEqual(properties, { memory_mb: '131072' });
      assert.equal(log.at('warning').length, 1);
    }
  });

  it('sets the count when there is no architecture (cpu-arch-null)', () => {
    for (const architecture of [undefined, null]) {
      const { properties, log } = run({ 'inventory.cpu.architecture': architecture });

      assert.deepEqual(properties, { cpus: '48', memory_mb: '131072' });
      assert.equal(log.at('warning').length, 1);
    }
  });

  it('skips memory, with a warning, when there is none', () => {
    for (const memory of [undefined, null, '2 GB', -1]) {
      const { data, properties, log } = run({ 'inventory.memory.physical_mb': memory });

      assert.equal(data.memory_mb, undefined);
      assert.deepEqual(properties, { cpus: '48', cpu_arch: 'x86_64' });
      assert.equal(log.at('warning').length, 1);
    }
    assert.deepEqual(run({ 'inventory.memory': null }).properties, { cpus: '48', cpu_arch: 'x86_64' });
  });

  it('skips both when the parts are null (inventory-parts-null)', () => {
    const { properties, plan } = run({ 'inventory.cpu': null, 'inventory.memory': null });

    assert.deepEqual(properties, {});
    assert.deepEqual(plan.nodePatch, []);
  });

  it('keeps a zero in the data, and does not write it', () => {
    const { data, properties } = run({ 'inventory.cpu.count': 0, 'inventory.memory.physical_mb': 0 });

    assert.deepEqual(data, { cpus: 0, cpu_arch: 'x86_64', memory_mb: 0 });
    assert.deepEqual(properties, { cpu_arch: 'x86_64' });
  });

  it('keeps existing properties when told so, but not empty ones', () => {
    const before = { cpus: '1', cpu_arch: '', memory_mb: null };

    assert.deepEqual(run({}, before, false).properties, {
      cpus: '1',
      cpu_arch: 'x86_64',
      memory_mb: '131072',
    });
    assert.equal(run({}, before).properties.cpus, '48');
  });

  it('writes a value that the ramdisk has put at the top level where the inventory does not tell', () => {
    const changes = {
      'inventory.cpu': null,
      cpus: 4,
      cpu_arch: { a: 1 },
      memory_mb: '77',
      'inventory.memory': null,
    };

    assert.deepEqual(run(changes).properties, { cpus: '4', memory_mb: '77' });
  });

  it('writes large numbers in digits', () => {
    assert.equal(run({ 'inventory.cpu.count': 1e21 }).properties.cpus, '1000000000000000000000');
  });
});
