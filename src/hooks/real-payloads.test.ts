import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import {
  builtInHooks,
  hookOptions,
  runHookPipeline,
  type WrittenOptions,
} from '../../testing/hook-pipeline.ts';
import { nodeDraft } from '../../testing/node-draft-builder.ts';
import type { JsonObject } from '../json/json-value.ts';

/** What real ramdisks posted, and what the original stored of it. */
const folder = new URL('../../../shared/data/', import.meta.url);
const present = existsSync(folder);
const skip = present ? false : 'the real payloads are not here';

/** Stored data hold the input and the result; these keys are the result. */
const resultKeys = [
  'all_interfaces',
  'interfaces',
  'macs',
  'local_gb',
  'cpus',
  'cpu_arch',
  'memory_mb',
  'extra',
];
const compared = ['interfaces', 'macs', 'local_gb', 'cpus', 'cpu_arch', 'memory_mb', 'root_disk'];

function read(path: string): any {
  return JSON.parse(readFileSync(new URL(path, folder), 'utf8'));
}

async function run(data: JsonObject, written: WrittenOptions = {}) {
  const options = hookOptions({ 'capabilities.boot_mode': 'true', ...written });
  const hooks = builtInHooks(options.processing.default_processing_hooks, options);
  const draft = nodeDraft();
  const failures = await runHookPipeline(hooks, data, draft);
  return { failures, properties: draft.node.properties, ports: [...draft.ports.keys()] };
}

/** Payloads of real agents, by file; `ports` is what `add_ports = pxe` makes of them. */
const agents = [
  { file: 'ipa-9.1-bios-virtio.json', ports: ['52:54:00:00:00:12'], bootMode: 'bios' },
  { file: 'ipa-master-bios-virtio.json', ports: ['52:54:00:00:00:11'], bootMode: 'bios' },
  {
    file: 'ipa-master-uefi-e1000e-bmc-lldp.json',
    ports: ['52:54:00:77:00:09'],
    bootMode: 'uefi',
  },
  { file: 'lab-busybox-bios-virtio.json', ports: ['52:54:00:00:00:05'], bootMode: 'bios' },
];

describe('hooks on payloads of real agents', { skip }, () => {
  for (const { file, ports, bootMode } of agents) {
    it(`process ${file}`, async () => {
      const data = read(file);

      const result = await run(data);

      assert.deepEqual(result.failures, []);
      assert.deepEqual(result.ports, ports);
      assert.equal(result.properties.cpus, String(data.inventory.cpu.count));
      assert.equal(result.properties.memory_mb, String(data.inventory.memory.physical_mb));
      assert.equal(result.properties.local_gb, String(Math.floor(data.root_disk.size / 2 ** 30) - 1));
      assert.match(result.properties.capabilities as string, new RegExp(`^boot_mode:${bootMode}\\b`));
    });
  }

  it('fail for the one whose collector failed', async () => {
    const { failures } = await run(read('ipa-master-failed-collector.json'));

    assert.equal(failures.length, 1);
    assert.match(
      failures[0] ?? '',
      /^Preprocessing hook ramdisk_error: Ramdisk reported error: The following errors/,
    );
  });

  it('have a test for every payload at the top', () => {
    const files = readdirSync(folder).filter((file) => /^(ipa|lab)-.*\.json$/.test(file));
    const tested = [...agents.map(({ file }) => file), 'ipa-master-failed-collector.json'];

    assert.deepEqual(files.toSorted(), tested.toSorted());
  });
});

describe('hooks on published payloads', { skip }, () => {
  const posted: Record<string, (content: any) => JsonObject> = {
    'ironic-inspector-api-continue-request.json': (content) => content,
    'ironic-inspector-unit-inventory.json': ({ payload }) => payload,
    'gophercloud-ironic-plugin-data.json': ({ inventory, plugin_data: data }) => ({ ...data, inventory }),
  };

  for (const [file, payloadOf] of Object.entries(posted)) {
    it(`process ${file}`, async () => {
      const { failures, properties, ports } = await run(payloadOf(read(`inventory/${file}`)));

      assert.deepEqual(failures, []);
      assert.match(properties.local_gb as string, /^\d+$/);
      assert.equal(ports.length, 1);
    });
  }

  it('process relatives of an inventory, which have more and other keys', async () => {
    for (const inventory of read('inventory/assisted-service-hosts.json').inventories) {
      const { failures, properties, ports } = await run({ inventory }, { 'processing.add_ports': 'all' });

      assert.deepEqual(failures, []);
      assert.equal(properties.cpus, String(inventory.cpu.count));
      assert.equal(ports.length, inventory.interfaces.length);
    }
    const { inventory } = read('inventory/ironic-api-node-inventory.json');
    assert.deepEqual((await run({ inventory })).failures, []);
  });

  const stored = [
    'gophercloud-introspection-data.json',
    'ironic-inspector-api-data-response.json',
    'metal3-docs-kvm-stored.json',
    'terraform-provider-ironic-kvm-extra-stored.json',
    'tripleo-ansible-computehci-stored.json',
  ];

  for (const file of stored) {
    it(`give for ${file} what the original stored`, async () => {
      const expected = read(`inventory/${file}`);
      const data = read(`inventory/${file}`);
      for (const key of resultKeys) delete data[key];

      const { failures } = await run(data);

      assert.deepEqual(failures, []);
      for (const key of compared) assert.deepEqual(data[key], expected[key], key);
    });
  }
});
