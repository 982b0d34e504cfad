import assert from 'node:assert/strict';
import { processingHookBuiltIns } from '../../src/hooks/processing/built-ins.ts';
import { runPreHooks } from '../../src/hooks/run-pre-hooks.ts';
import { documentText } from '../../src/introspection/document-text.ts';
import { decide } from '../../src/introspection/process.ts';
import { bmcAddressesOf } from '../../src/inventory/bmc-addresses.ts';
import { checkRamdiskData } from '../../src/inventory/check-ramdisk-data.ts';
import { macsOf } from '../../src/inventory/interface-table.ts';
import { type JsonObject } from '../../src/json/json-value.ts';
import { parseJsonObject } from '../../src/json/parse-json.ts';
import { silentLogger } from '../../src/logging/logger.ts';
import { RuleEngine } from '../../src/rules/rule-engine.ts';
import { bareMetalNode, bareMetalPort } from '../bare-metal-builder.ts';
import { builtInHooks, hookOptions } from '../hook-pipeline.ts';
import { ramdiskData, ramdiskMacs } from '../ramdisk-data-builder.ts';
import { ruleOf } from '../rule-case.ts';
import { assertPlainJson } from './assert-plain-json.ts';
import { editedDocument, headOf, partsOf } from './edited-document.ts';
import { type FuzzTarget, wordsOf } from './fuzz-target.ts';
import { assertRefusal, longestError } from './survive-input.ts';

const configurations: readonly Readonly<Record<string, string | readonly string[]>>[] = [
  { 'processing.add_ports': 'all', 'capabilities.boot_mode': 'true' },
  { 'processing.add_ports': 'pxe', 'processing.keep_ports': 'added', 'extra_hardware.strict': 'true' },
  {
    'processing.add_ports': 'active',
    'processing.keep_ports': 'present',
    'processing.overwrite_existing': 'false',
  },
  { 'processing.add_ports': 'disabled', 'processing.disk_partitioning_spacing': 'false' },
];

const alwaysSet = {
  'pci_devices.alias': ['{"vendor_id": "8086", "product_id": "10fb", "name": "nic"}'],
  'port_physnet.cidr_map': '198.51.100.0/24:a,2001:db8::/64:b,0.0.0.0/0:c,::/0:d',
};

const hooks = configurations.map((written) =>
  builtInHooks([...processingHookBuiltIns.keys()].join(), hookOptions({ ...alwaysSet, ...written })),
);

const ruleEngine = new RuleEngine();

const rules = [
  ruleOf({
    conditions: [
      { op: 'contains', field: '$..name', value: '(en|/dev/)[a-z]+[0-9]?$', multiple: 'any' },
      { op: 'ge', field: 'inventory.memory.physical_mb', value: 1 },
    ],
    actions: [
      { action: 'set-attribute', path: '/extra/vendor', value: '{data[inventory][system_vendor]}' },
      { action: 'set-capability', name: 'cpus', value: '{data[cpus]:>8}' },
      {
        action: 'extend-attribute',
        path: '/properties/seen',
        value: '{data[boot_interface]!r}',
        unique: true,
      },
    ],
  }),
];

/** What a ramdisk posts, from the text of the request to what is kept: one line with the number of a configuration, changes of the document, `---`, changes of the node. */
export const documents: FuzzTarget = {
  name: 'documents',
  words: wordsOf(
    'inventory;.interfaces;.0;.1;.disks;.cpu;.memory;.boot;.bmc_address;.lldp;.+ ;root_disk;' +
      'boot_interface;error;data;pci_devices;block_devices;properties.;root_device;mac_address ;' +
      'ipv4_address ;ipv6_address ;size ;name ;null;{};[];1e999;__proto__;---\n;' +
      'skip_block_devices;capabilities ;local_gb ;client_id ;numa_topology;serials',
  ),
  seeds: [
    '0\ninventory.interfaces.0.lldp [[1, "0452540000000a"], [2, "0545746831"], [127, "0080c2010064"]]\n',
    '1\ndata [["cpu", "physical", "number", "48"]]\npci_devices [{"vendor_id": "8086", "product_id": "10fb"}]',
    '2\nblock_devices {"serials": ["a", "b"]}\n---\nextra {"block_devices": {"serials": ["a"]}}\nproperties {"capabilities": "a:b"}',
    '3\ninventory.disks.0.size 5\nroot_disk null\n---\nproperties {"root_device": {"size": ">= 50"}, "local_gb": 5}',
    '0\ninventory.interfaces.+ {"name": "ib0", "mac_address": "52:54:00:aa:bb:09", "client_id": "ff"}\nboot_interface 20-52-54-00-aa-bb-09\nerror oops',
    '0\ninventory.bmc_address 0.0.0.0\ninventory.bmc_v6address 2001:db8::1/64\ninventory.boot null\n---\nproperties {"skip_block_devices": [{"size": 5}]}',
  ],
  async run(input) {
    const [document = '', changes = ''] = partsOf(input, 2);
    const [which, edits] = headOf(document);
    const enabled = hooks[Number(which) || 0] ?? [];
    const data = editedDocument(ramdiskData(), edits);
    const snapshot = snapshotOf(editedDocument({}, changes).value);
    checkRamdiskData(data.value);
    const log = silentLogger();
    const failures = await runPreHooks(enabled, data.value, { log });
    for (const failure of failures) assert.ok(!failure.startsWith('Unexpected exception'), failure);
    for (const address of Object.values(bmcAddressesOf(data.value))) assert.equal(typeof address, 'string');
    for (const mac of macsOf(data.value)) assert.match(mac, /^[0-9a-f:]{17}$/);

    const on = { hooks: enabled, ruleEngine };
    const { plan, failure, rules: traces } = await decide(on, { data, snapshot, rules, log });

    if (failure !== undefined) assertRefusal(failure, longestError);
    for (const { from, to } of plan.changes) assertPlainJson([from ?? null, to ?? null]);
    assertPlainJson(JSON.parse(JSON.stringify(traces)));
    parseJsonObject(Buffer.from(documentText(data)));
  },
};

function snapshotOf(fields: JsonObject) {
  const node = bareMetalNode();
  const { properties, extra } = editedObjects(fields);
  const ports = [ramdiskMacs.eno2, '52:54:00:00:00:01'].map((address) => bareMetalPort({ address }));
  return { node: { ...node, properties, extra }, ports };
}

/** The bare metal service promises objects; what is in them is anybody's. */
function editedObjects({ properties, extra }: JsonObject) {
  const objectOf = (value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
  return { properties: objectOf(properties), extra: objectOf(extra) };
}
