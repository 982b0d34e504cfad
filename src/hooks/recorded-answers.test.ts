import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { nodeDraft } from '../../testing/node-draft-builder.ts';
import { defaultsOf, type Option } from '../config/option.ts';
import { messageOf } from '../errors/inspector-error.ts';
import { checkRamdiskData } from '../inventory/check-ramdisk-data.ts';
import { isObject, type JsonObject } from '../json/json-value.ts';
import { silentLogger } from '../logging/logger.ts';
import { enabledHooks } from './enabled-hooks.ts';
import { processingHookBuiltIns, processingHookOptionGroups } from './processing/built-ins.ts';
import type { ProcessingHook } from './processing-hook.ts';
import { runPostHooks } from './run-post-hooks.ts';
import { runPreHooks } from './run-pre-hooks.ts';

/**
 * What the original answered, and what it left in the bare metal service, for one request each. Hooks of
 * ours run on the same request; properties, ports and data that they own have to be the same.
 */
const oracle = new URL('../../../shared/oracle/', import.meta.url);
const golden = new URL('golden-head/', oracle);
const present = existsSync(golden);
const families = /^(ramdisk|interfaces|hint|skip-devices|ports|properties|capabilities)-/;

/** Hooks of the recordings that do not exist here; what they leave behind is not compared. */
const hooksLeftOut = [
  'extra_hardware',
  'lldp_basic',
  'local_link_connection',
  'physnet_cidr_map',
  'accelerators',
  'raid_device',
];

/** What the recordings were made with, beside the defaults. */
const recordedWith: Readonly<Record<string, string | readonly string[]>> = {
  'processing.processing_hooks':
    '$default_processing_hooks,extra_hardware,lldp_basic,local_link_connection,physnet_cidr_map,accelerators',
  'capabilities.boot_mode': 'true',
  'pci_devices.alias': [
    '{"vendor_id": "8086", "product_id": "10fb", "name": "nic82599"}',
    '{"vendor_id": "10de", "product_id": "1eb8", "name": "t4"}',
    '{"vendor_id": "dead", "name": "broken-alias"}',
  ],
};

/** Cases that end otherwise here, on purpose; each by its line in docs/compatibility.md. */
const differences: Readonly<Record<string, Difference>> = {
  'capabilities-dict': succeeds('capabilities-malformed'),
  'hint-model-all-in': refuses('hint-all-in', /the operator <all-in> needs a list/),
  'hint-size-or': succeeds('hint-size-or', { local_gb: '499' }),
  'interfaces-ipv6': otherPorts('pxe-enabled-unknown'),
  'interfaces-missing-keys': otherPorts('pxe-enabled-unknown'),
  'interfaces-same-mac': otherPorts('pxe-enabled-unknown'),
  'interfaces-same-name': otherPorts('pxe-enabled-unknown'),
  'ports-keep-added-no-boot-interface': otherPorts('pxe-enabled-unknown'),
  'ports-main-no-boot-interface': otherPorts('pxe-enabled-unknown'),
  'ports-no-overwrite-no-boot-interface': otherPorts('pxe-enabled-unknown'),
  'ramdisk-boot-interface-empty': otherPorts('pxe-enabled-unknown'),
  'ramdisk-boot-interface-missing': otherPorts('pxe-enabled-unknown'),
  'ramdisk-boot-interface-none': otherPorts('pxe-enabled-unknown'),
  'ramdisk-boot-null': succeeds('inventory-parts-null'),
  'ramdisk-cpu-arch-null': succeeds('cpu-arch-null', {}, ['cpu_arch']),
  'ramdisk-cpu-null': succeeds('inventory-parts-null'),
  'ramdisk-no-cpu': succeeds('inventory-parts-null'),
  'ramdisk-bmc-list': refuses('ramdisk-wrong-types', /^inventory\.bmc_address: expected /),
  'ramdisk-interfaces-dict': refuses(
    'ramdisk-wrong-types',
    /^inventory\.interfaces: expected a list or null, got an object$/,
  ),
  'ramdisk-interfaces-nulls': refuses(
    'ramdisk-wrong-types',
    /^inventory\.interfaces\[0\]: expected an object, got null$/,
  ),
  'ramdisk-inventory-full-list': refuses(
    'ramdisk-wrong-types',
    /^inventory: expected an object or null, got a list$/,
  ),
  'ramdisk-inventory-list': refuses(
    'ramdisk-wrong-types',
    /^inventory: expected an object or null, got a list$/,
  ),
  'ramdisk-inventory-number': refuses(
    'ramdisk-wrong-types',
    /^inventory: expected an object or null, got a number$/,
  ),
  'ramdisk-inventory-text': refuses(
    'ramdisk-wrong-types',
    /^inventory: expected an object or null, got text$/,
  ),
  'ramdisk-pci-null': succeeds('pci-devices-malformed'),
  'ramdisk-root-disk-float': succeeds('root-disk-size', { local_gb: '2' }),
  'ramdisk-root-disk-list': refuses(
    'ramdisk-wrong-types',
    /^root_disk: expected an object or null, got a list$/,
  ),
  'ramdisk-root-disk-negative': refuses(
    'root-disk-size',
    /^root_disk\.size: expected the size in bytes, 0 or more/,
  ),
  'ramdisk-root-disk-text': refuses(
    'ramdisk-wrong-types',
    /^root_disk\.size: expected a number or null, got text$/,
  ),
  'skip-devices-garbage': refuses(
    'skip-block-devices-malformed',
    /expected a list of root device hints, got text/,
  ),
};

/** Failures of the original that come from a hook that is left out, or from its look-up. */
const notOfTheseHooks: Readonly<Record<string, string>> = {
  'ramdisk-accelerator-no-bus': 'accelerators',
  'interfaces-missing-keys': 'lldp_basic',
};

interface Difference {
  readonly id: string;
  readonly refusedWith?: RegExp;
  readonly succeeds?: true;
  readonly properties?: JsonObject;
  readonly without?: readonly string[];
  readonly otherPorts?: true;
}

function succeeds(id: string, properties: JsonObject = {}, without: readonly string[] = []): Difference {
  return { id, succeeds: true, properties, without };
}

function refuses(id: string, refusedWith: RegExp): Difference {
  return { id, refusedWith };
}

function otherPorts(id: string): Difference {
  return { id, otherPorts: true };
}

describe('hooks on recorded requests', {
  skip: present ? false : 'the recorded answers are not here',
}, () => {
  for (const file of present ? readdirSync(golden).filter((name) => families.test(name)) : []) {
    const recorded = JSON.parse(readFileSync(new URL(file, golden), 'utf8'));
    it(`${recorded.case} ends as recorded`, async () => {
      const expected = expectationOf(recorded);

      const actual = await run(recorded);

      compare(recorded, actual, expected);
    });
  }

  it('has a recording for every difference', () => {
    const missing = Object.keys(differences).filter((name) => !existsSync(new URL(`${name}.json`, golden)));

    assert.deepEqual(missing, []);
  });
});

interface Outcome {
  readonly error: string | undefined;
  readonly properties: JsonObject;
  readonly ports: readonly JsonObject[];
  readonly data: JsonObject;
}

interface Expectation {
  readonly status: number;
  readonly message: string;
  readonly properties: JsonObject | undefined;
  readonly ports: readonly any[] | undefined;
  readonly data: JsonObject | undefined;
}

/** The first answer to `/v1/continue`, and what was in the service, and stored, in the end. */
function expectationOf(recorded: any): Expectation {
  const { response } = continueStep(recorded);
  const ironic = recorded.steps.findLast((step: any) => step.ironic !== undefined)?.ironic;
  const data = recorded.steps.findLast(
    (step: any) => /\/data$/.test(step.request?.path) && step.response.status === 200,
  );
  return {
    status: response.status,
    message: response.body.error?.message ?? '',
    properties: ironic?.node.properties,
    ports: ironic?.ports,
    data: data?.response.body,
  };
}

function continueStep(recorded: any): any {
  return recorded.steps.find((step: any) => step.request?.path === '/v1/continue');
}

async function run(recorded: any): Promise<Outcome> {
  const hooks = hooksOf(recorded.variant);
  const data: JsonObject = structuredClone(continueStep(recorded).request.json);
  const draft = nodeDraft(nodeBefore(recorded), portsBefore(recorded, data));
  const log = silentLogger();
  let error: string | undefined;
  try {
    checkRamdiskData(data);
    const failures = await runPreHooks(hooks, data, { log });
    if (failures.length > 0) throw new Error(failures.join('\n'));
    await runPostHooks(hooks, data, draft, { log });
  } catch (thrown) {
    error = messageOf(thrown);
  }
  const ports = [...draft.ports.values()].map(({ address, extra, pxe_enabled: pxe }) => ({
    address,
    extra,
    pxe,
  }));
  return { error, properties: draft.node.properties, ports, data };
}

function compare(recorded: any, actual: Outcome, expected: Expectation): void {
  const difference = differences[recorded.case];
  if (difference?.refusedWith !== undefined) return assert.match(actual.error ?? '', difference.refusedWith);
  const fails = expected.status !== 200 && difference?.succeeds !== true;
  if (fails && notOfTheseHooks[recorded.case] === undefined) return compareFailure(actual, expected);
  assert.equal(actual.error, undefined);
  if (expected.properties === undefined) return;
  if (expected.status === 200) compareProperties(actual, expected.properties, difference);
  for (const [name, value] of Object.entries(difference?.properties ?? {})) {
    assert.equal(actual.properties[name], value, name);
  }
  comparePorts(recorded, actual, expected.ports ?? [], difference);
  if (expected.data !== undefined && difference?.id !== 'cpu-arch-null')
    compareData(actual.data, expected.data);
}

/** The original hides failures of pre-hooks behind one of its state machine. */
function compareFailure(actual: Outcome, expected: Expectation): void {
  assert.ok(actual.error, 'the hooks fail');
  const message = expected.message
    .replace(/^The following failures .*:\n/, '')
    .replace(/\nLook up error: .*$/s, '');
  if (!message.startsWith('Can not transition')) assert.equal(actual.error, message);
}

function compareProperties(actual: Outcome, recorded: JsonObject, difference: Difference | undefined): void {
  const { accelerators: _accelerators, ...owned } = recorded;
  for (const name of difference?.without ?? []) delete owned[name];
  assert.deepEqual(actual.properties, owned);
}

function comparePorts(
  recorded: any,
  actual: Outcome,
  ports: readonly any[],
  difference: Difference | undefined,
): void {
  // Whose address it is shows only when the port is created.
  if (recorded.case === 'ports-of-another-node') return;
  const otherFlags = difference?.otherPorts === true;
  const owned = ports.map((port) => ({
    address: port.address,
    extra: port.extra,
    pxe: otherFlags || port.pxe_enabled,
  }));
  const byAddress = (a: any, b: any) => (a.address < b.address ? -1 : 1);
  assert.deepEqual(actual.ports.toSorted(byAddress), owned.toSorted(byAddress));
}

function compareData(actual: JsonObject, recorded: JsonObject): void {
  for (const key of [
    ...['all_interfaces', 'interfaces', 'macs', 'ipmi_address', 'ipmi_v6address'],
    ...['root_disk', 'local_gb', 'cpus', 'cpu_arch', 'memory_mb', 'inventory'],
  ]) {
    assert.deepEqual(actual[key], withoutLldp(recorded[key]), key);
  }
}

function withoutLldp(value: any): any {
  if (value === undefined) return undefined;
  return JSON.parse(JSON.stringify(value), (key, member) => (key === 'lldp_processed' ? undefined : member));
}

function hooksOf(variant: string): readonly ProcessingHook[] {
  const variants = JSON.parse(readFileSync(new URL('variants.json', oracle), 'utf8'));
  const written: Record<string, any> = { ...recordedWith, ...variants[variant] };
  const options: Record<string, any> = {};
  for (const group of processingHookOptionGroups) {
    const section = { ...options[group.group], ...defaultsOf(group as any) };
    for (const [name, option] of Object.entries(group.options) as [string, Option<unknown>][]) {
      const value = written[`${group.group}.${name}`];
      if (value !== undefined && value !== null) {
        section[name] = option.multi === true ? value : option.parse(value);
      }
    }
    options[group.group] = section;
  }
  const { processing_hooks: names, default_processing_hooks: defaults } = options.processing;
  const enabled = names.replace('$default_processing_hooks', defaults).split(',');
  const makers = [...processingHookBuiltIns].map(([name, maker]): [string, () => ProcessingHook] => [
    name,
    () => maker(options as any, silentLogger()),
  ]);
  return enabledHooks(
    enabled.filter((name: string) => !hooksLeftOut.includes(name)).join(),
    new Map(makers),
    silentLogger(),
  );
}

/** The node as it was before; recordings show only what became of it. */
function nodeBefore(recorded: any): JsonObject {
  const after = recorded.steps.findLast((step: any) => step.ironic !== undefined)?.ironic.node ?? {};
  const properties: JsonObject = {};
  for (const name of ['root_device', 'skip_block_devices']) {
    if (after.properties?.[name] !== undefined) properties[name] = after.properties[name];
  }
  if (/^properties-(?!none)/.test(recorded.case)) {
    Object.assign(properties, { cpus: '1', cpu_arch: 'arm', memory_mb: '2', local_gb: '3', other: 'x' });
    properties.capabilities = 'boot_mode:bios,foo:bar';
  }
  const capabilities: JsonObject = {
    'capabilities-two-colons': 'a:b:c,d:e',
    'capabilities-spaces': ' a : b , c:d',
    'capabilities-dict': { a: 'b' },
    'capabilities-empty': '',
  };
  if (recorded.case in capabilities) properties.capabilities = capabilities[recorded.case] ?? null;
  return { properties, provision_state: recorded.case.includes('active-node') ? 'active' : 'manageable' };
}

/** As a rule one port of the first NIC. */
function portsBefore(
  recorded: any,
  data: JsonObject,
): { address: string; extra?: JsonObject; pxe_enabled?: boolean }[] {
  const name: string = recorded.case;
  const inventory = isObject(data.inventory) ? data.inventory : {};
  const nics = Array.isArray(inventory.interfaces) ? inventory.interfaces : [];
  const mac = (index: number) => ({ address: (nics[index] as any)?.mac_address ?? '52:54:00:00:00:01' });
  if (/^ports-.*-empty$|^interfaces-client-id$|^ports-of-another-node$/.test(name)) return [];
  if (/^ports-.*-(existing|no-boot-interface)$/.test(name)) {
    const ports = recorded.steps.findLast((step: any) => step.ironic !== undefined)?.ironic.ports;
    const stranger = ports.find((port: any) => port.extra.keep === 1)?.address ?? '52:54:00:00:00:02';
    return [mac(1), { address: stranger, extra: { keep: 1 } }];
  }
  if (name.startsWith('ports-pxe-flag-fixed')) return [{ ...mac(0), pxe_enabled: false }, mac(1)];
  if (name.startsWith('ports-active-node')) return [mac(1)];
  return [mac(0)];
}
