import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { after, afterEach, before, describe, it } from 'node:test';
import { type RunningService, runningService } from '../../testing/running-service.ts';

/** What real ramdisks posted, and what the original stored of it. */
const folder = new URL('../../../shared/data/', import.meta.url);
const skip = existsSync(folder) ? false : 'the real payloads are not here';

const read = (path: string) => readFileSync(new URL(path, folder), 'utf8');
const parsed = (path: string) => JSON.parse(read(path));

/** Whole bodies, byte for byte as they came from machines. */
const bodies = skip === false ? readdirSync(folder).filter((file) => /^(ipa|lab)-.*\.json$/.test(file)) : [];

/** Bodies that were published inside something else, by name. */
function published(): Record<string, string> {
  const text = (value: unknown) => JSON.stringify(value);
  const { inventories } = parsed('inventory/assisted-service-hosts.json');
  const { inventory, plugin_data } = parsed('inventory/gophercloud-ironic-plugin-data.json');
  return {
    'ironic-inspector-api-continue-request': read('inventory/ironic-inspector-api-continue-request.json'),
    'ironic-inspector-unit-inventory': text(parsed('inventory/ironic-inspector-unit-inventory.json').payload),
    'gophercloud-ironic-plugin-data': text({ ...plugin_data, inventory }),
    'ironic-api-node-inventory': text({
      inventory: parsed('inventory/ironic-api-node-inventory.json').inventory,
    }),
    ...Object.fromEntries(
      inventories.map((one: unknown, i: number) => [`assisted-service-hosts ${i}`, text({ inventory: one })]),
    ),
  };
}

/** A published body with what further collectors found on real machines. */
function withCollectors(): Record<string, string> {
  const body = parsed('inventory/ironic-inspector-api-continue-request.json');
  const found: Record<string, object> = {
    'dmi-decode': parsed('inventory/ironic-python-agent-dmi-collector.json'),
    'extra-hardware': {
      data: Object.values<any>(parsed('extra_hardware/python-hardware-bl460c-19-nodes.json').nodes)[0],
    },
  };
  for (const file of readdirSync(new URL('pci/', folder)).filter((name) => /^(ghw|hwloc)/.test(name))) {
    const { nic_addresses: _, ...collected } = parsed(`pci/${file}`);
    found[`pci-devices ${file}`] = collected;
  }
  return Object.fromEntries(
    Object.entries(found).map(([name, more]) => [name, JSON.stringify({ ...body, ...more })]),
  );
}

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
const written = [...resultKeys, 'root_disk', 'ipmi_address', 'ipmi_v6address'];
const compared = ['interfaces', 'macs', 'local_gb', 'cpus', 'cpu_arch', 'memory_mb', 'root_disk'];

/** The document with each number as it is written, and without logs. */
function numerals(text: string): any {
  const value = JSON.parse(text, (_key, member: unknown, context?: { source?: string }) =>
    typeof member === 'number' ? { numeral: context?.source } : member,
  );
  const { logs: _, ...kept } = value;
  return kept;
}

/** By `add_ports`. NICs of the assisted installer have no single address, so that all have to count. */
const services = new Map<string, RunningService>();

before(async () => {
  if (skip !== false) return;
  for (const addPorts of ['pxe', 'all']) {
    const configuration = `[processing]\nnode_not_found_hook = enroll\nadd_ports = ${addPorts}`;
    services.set(addPorts, await runningService(configuration));
  }
});
after(async () => {
  for (const service of services.values()) await service.stop();
});
// Several payloads are of one machine.
afterEach(async () => {
  for (const { client, rows } of services.values()) {
    const nodes = rows.all('SELECT uuid FROM baremetal_nodes');
    for (const { uuid } of nodes) await client.do(`DELETE /baremetal/v1/nodes/${uuid}`);
  }
});

function serviceWith(addPorts = 'pxe'): RunningService {
  const service = services.get(addPorts);
  assert.ok(service);
  return service;
}

/** What became of a body that a machine posted that nobody knew. */
async function discovered({ client }: RunningService, body: string) {
  const answer = await client.callBack(body);
  assert.equal(answer.status, 200, answer.text);
  const { uuid } = answer.body;
  const status = await client.untilEnded(uuid);
  const text = async (end: string) => (await client.ask(`GET /v1/introspection/${uuid}/${end}`)).text;
  return { status, unprocessed: await text('data/unprocessed'), data: await text('data') };
}

describe('payloads of real ramdisks', { skip }, () => {
  const all =
    skip !== false
      ? {}
      : {
          ...Object.fromEntries(bodies.map((file) => [file, read(file)])),
          ...published(),
          ...withCollectors(),
        };

  it('are here', () => assert.ok(bodies.length >= 5 && Object.keys(all).length >= 20));

  for (const [name, body] of Object.entries(all)) {
    // What reports an error makes no node; below, one waits for it.
    if (JSON.parse(body).error) continue;

    it(`${name} is processed and kept as it came`, async () => {
      const service = serviceWith(name.startsWith('assisted') ? 'all' : 'pxe');

      const { status, unprocessed, data: text } = await discovered(service, body);

      assert.deepEqual(numerals(unprocessed), numerals(body));
      assert.deepEqual([status.state, status.error], ['finished', null]);
      const { inventory, ...rest } = numerals(body);
      const data = numerals(text);
      for (const key of Object.keys(rest).filter((one) => !written.includes(one))) {
        assert.deepEqual(data[key], rest[key], key);
      }
      for (const key of Object.keys(inventory)) assert.deepEqual(data.inventory[key], inventory[key], key);
    });
  }
});

describe('payloads of real agents', { skip }, () => {
  for (const file of bodies) {
    const { inventory, error } = skip === false ? parsed(file) : {};

    it(`find the node that waits for ${file} by its MAC addresses`, async () => {
      const { client } = serviceWith();
      const macs = inventory.interfaces.map((nic: any) => nic.mac_address);
      const uuid = await client.createNode({}, macs);
      await client.start(uuid);

      await client.callBack(read(file), { 'content-type': 'application/json' });

      const status = await client.untilEnded(uuid);
      const reason = error && `Preprocessing hook ramdisk_error: Ramdisk reported error: ${error}`;
      assert.deepEqual([status.state, status.error], error ? ['error', reason] : ['finished', null]);
      const { properties } = await client.node(uuid);
      assert.equal(properties.cpus, error ? undefined : String(inventory.cpu.count));
      const { text } = await client.ask(`GET /v1/introspection/${uuid}/data/unprocessed`);
      assert.deepEqual(numerals(text), numerals(read(file)));
    });
  }
});

describe('published stored data', { skip }, () => {
  const files = [
    'gophercloud-introspection-data.json',
    'ironic-inspector-api-data-response.json',
    'metal3-docs-kvm-stored.json',
    'terraform-provider-ironic-kvm-extra-stored.json',
    'tripleo-ansible-computehci-stored.json',
  ];

  for (const file of files) {
    it(`comes out of its own input: ${file}`, async () => {
      const expected = parsed(`inventory/${file}`);
      const input = Object.fromEntries(Object.entries(expected).filter(([key]) => !resultKeys.includes(key)));

      const { data } = await discovered(serviceWith(), JSON.stringify(input));

      const stored = JSON.parse(data);
      for (const key of compared) assert.deepEqual(stored[key], expected[key], key);
    });
  }
});
