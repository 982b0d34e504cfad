import assert from 'node:assert/strict';
import { isObject } from '../../src/json/json-value.ts';
import { parseJsonObject } from '../../src/json/parse-json.ts';
import { silentLogger } from '../../src/logging/logger.ts';
import { builtInHooks, hookOptions } from '../hook-pipeline.ts';
import { nodeDraft } from '../node-draft-builder.ts';
import { assertPlainJson } from './assert-plain-json.ts';
import { partsOf, textOf, valueOf } from './edited-document.ts';
import type { FuzzTarget } from './fuzz-target.ts';

const names = ['vendor_id', 'product_id', 'class', 'revision', 'bus', 'numa_node_id'];

/**
 * Aliases of the configuration, one a line; `---`; then the node's capabilities; `---`; then PCI devices, one a
 * line of JSON values divided by blanks: vendor, product, class, revision, bus, NUMA node.
 */
export const pciDevices: FuzzTarget = {
  name: 'pci-devices',
  words: [
    '---\n',
    '10de 1eb8 ',
    '8086 10fb ',
    '{"vendor_id": "8086", "product_id": "10fb", "name": "nic"}',
    'nic:1',
  ],
  seeds: [
    '{"vendor_id": "8086", "product_id": "10fb", "name": "nic"}\n---\n"nic:7,a:b"\n---\n8086 10fb\n8086 10fb',
    '---\nnull\n---\n10de 1eb8 030200 a1 0000:3b:00.0 0\n10de 1db4 030200 a1 0000:5e:00.0\n1 2 3 4 5',
    '{"vendor_id": 5, "product_id": "1", "name": "a:b,c"}\n[1]\n---\n{"a": 1}\n---\n5 1\nnull\n{} []',
  ],
  async run(input) {
    const [aliases = '', capabilities = '', devices = ''] = partsOf(input, 3);
    const alias = aliases.split('\n').filter((line) => line !== '');
    const options = hookOptions({ 'pci_devices.alias': alias });
    const properties = JSON.parse(JSON.stringify({ capabilities: valueOf(capabilities.trim()) }));
    const { value: data } = parseJsonObject(
      Buffer.from(JSON.stringify({ pci_devices: devices.split('\n').map(deviceOf) })),
    );
    const draft = nodeDraft({ properties });
    for (const hook of builtInHooks('pci_devices,accelerators', options)) {
      await hook.beforeUpdate?.(data, draft, { log: silentLogger() });
    }
    assert.ok(isObject(draft.node.properties));
    for (const operation of draft.plan().nodePatch) assertPlainJson({ ...operation });
  },
};

function deviceOf(line: string): unknown {
  const words = line.split(' ').map((word) => valueOf(textOf(word, 20_000)));
  if (words.length === 1) return words[0];
  return Object.fromEntries(words.map((word, index) => [names[index] ?? `more_${index}`, word]));
}
