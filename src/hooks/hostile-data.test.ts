import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { arbitraryNodeProperties, arbitraryRamdiskData } from '../../testing/arbitrary-ramdisk-data.ts';
import { builtInHooks, hookOptions, runHookPipeline } from '../../testing/hook-pipeline.ts';
import { nodeDraft } from '../../testing/node-draft-builder.ts';
import { processorTime } from '../../testing/processor-time.ts';
import { ramdiskData, ramdiskMacs } from '../../testing/ramdisk-data-builder.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { bmcAddressesOf } from '../inventory/bmc-addresses.ts';
import { macsOf } from '../inventory/interface-table.ts';
import type { JsonObject } from '../json/json-value.ts';
import { silentLogger } from '../logging/logger.ts';
import { runPostHooks } from './run-post-hooks.ts';
import { runPreHooks } from './run-pre-hooks.ts';

const addPorts = ['all', 'active', 'pxe', 'disabled'] as const;

function hooksWith(choice: { addPorts: string; keepPorts: string; overwrite: boolean }) {
  const keepPorts = choice.addPorts === 'disabled' && choice.keepPorts === 'added' ? 'all' : choice.keepPorts;
  const options = hookOptions({
    'processing.add_ports': choice.addPorts,
    'processing.keep_ports': keepPorts,
    'processing.overwrite_existing': String(choice.overwrite),
    'capabilities.boot_mode': 'true',
    'pci_devices.alias': ['{"vendor_id": "8086", "product_id": "10fb", "name": "nic"}'],
  });
  return builtInHooks(options.processing.default_processing_hooks, options);
}

type Ending = 'done' | 'failed before' | 'refused';

async function endingOf(
  data: JsonObject,
  properties: JsonObject,
  hooks: ReturnType<typeof hooksWith>,
): Promise<Ending> {
  const draft = nodeDraft({ properties }, [{ address: ramdiskMacs.eno2 }]);
  try {
    const failures = await runHookPipeline(hooks, data, draft);
    for (const failure of failures) assert.ok(!failure.startsWith('Unexpected exception'), failure);
    if (failures.length > 0) return 'failed before';
    assert.notEqual(draft.node.properties.local_gb, undefined);
    return 'done';
  } catch (error) {
    if (error instanceof InspectorError && error.kind === 'invalid') return 'refused';
    throw error;
  }
}

describe('hooks on data that nobody vouches for', () => {
  const choices = fc.record({
    addPorts: fc.constantFrom(...addPorts),
    keepPorts: fc.constantFrom('all', 'present', 'added'),
    overwrite: fc.boolean(),
  });

  it('end in an error for the operator, if in any', async () => {
    const endings = new Map<Ending, number>();
    const property = fc.asyncProperty(
      arbitraryRamdiskData(),
      arbitraryNodeProperties(),
      choices,
      async (data, properties, choice) => {
        const ending = await endingOf(data, properties, hooksWith(choice));
        endings.set(ending, (endings.get(ending) ?? 0) + 1);
      },
    );

    await fc.assert(property, { numRuns: 1500 });

    for (const ending of ['done', 'failed before', 'refused'] as const) {
      assert.ok((endings.get(ending) ?? 0) > 5, `too few runs ended as "${ending}": ${endings.get(ending)}`);
    }
  });

  it('end the same way on data that were not checked, as those that were stored', async () => {
    const property = fc.asyncProperty(
      arbitraryRamdiskData(),
      arbitraryNodeProperties(),
      choices,
      async (data, properties, choice) => {
        const hooks = hooksWith(choice);
        const context = { log: silentLogger() };
        const failures = await runPreHooks(hooks, data, context);
        for (const failure of failures) assert.ok(!failure.startsWith('Unexpected exception'), failure);
        for (const address of Object.values(bmcAddressesOf(data))) assert.equal(typeof address, 'string');
        for (const mac of macsOf(data)) assert.match(mac, /^[0-9a-f:]{17}$/);
        await runPostHooks(hooks, data, nodeDraft({ properties }), context).catch((error: unknown) => {
          if (!(error instanceof InspectorError)) throw error;
        });
      },
    );

    await fc.assert(property, { numRuns: 1000 });
  });

  it('leave the prototype of objects alone', async () => {
    const data = ramdiskData({
      'inventory.interfaces.0.name': '__proto__',
      'inventory.interfaces.1.name': 'constructor',
      boot_interface: null,
    });

    const ending = await endingOf(
      data,
      {},
      hooksWith({ addPorts: 'all', keepPorts: 'all', overwrite: true }),
    );

    assert.equal(ending, 'done');
    assert.deepEqual(Object.keys(data.all_interfaces as JsonObject), ['constructor', 'eno3', 'lo']);
    assert.equal(({} as any).mac, undefined);
  });

  it('take a document of many interfaces, disks and devices in no time', async () => {
    const many = 2000;
    const interfaces = Array.from({ length: many }, (_, index) => ({
      name: `eth${index}`,
      mac_address: `52:54:00:${index
        .toString(16)
        .padStart(6, '0')
        .replace(/(..)(?=.)/g, '$1:')}`,
    }));
    const data = ramdiskData({
      'inventory.interfaces': interfaces,
      'inventory.disks': Array.from({ length: many }, () => ({ name: 'x', size: 1 })),
      pci_devices: Array.from({ length: many }, () => ({ vendor_id: '8086', product_id: '10fb' })),
    });
    const spent = processorTime();

    const ending = await endingOf(
      data,
      { root_device: { size: 5 } },
      hooksWith({ addPorts: 'active', keepPorts: 'all', overwrite: true }),
    );

    assert.equal(ending, 'failed before');
    assert.ok(spent() < 5000);
  });
});
