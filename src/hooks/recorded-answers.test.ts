import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { runHookPipeline } from '../../testing/hook-pipeline.ts';
import { nodeDraft } from '../../testing/node-draft-builder.ts';
import {
  type Expectation,
  expectationOf,
  nodeBefore,
  portsBefore,
  postedData,
  recordedHooks,
} from '../../testing/recorded-hook-case.ts';
import { messageOf } from '../errors/inspector-error.ts';
import type { JsonObject } from '../json/json-value.ts';

/**
 * What the original answered, and what it left in the bare metal service, for one request each. Hooks of
 * ours run on the same request; properties, ports and data that they own have to be the same.
 */
const oracle = new URL('../../../shared/oracle/', import.meta.url);
const golden = new URL('golden-head/', oracle);
const present = existsSync(golden);
const families = /^(ramdisk|interfaces|hint|skip-devices|ports|properties|capabilities|physnet|extra|llc)-/;

/** Cases that end otherwise here, on purpose; each by its line in docs/compatibility.md. */
const differences: Readonly<Record<string, Difference>> = {
  'capabilities-dict': succeeds('capabilities-malformed', {
    capabilities: 'a:b,boot_mode:uefi,cpu_vt:true,cpu_aes:true,cpu_hugepages:true,cpu_hugepages_1g:true',
  }),
  'hint-model-all-in': refuses('hint-all-in', /the operator <all-in> needs a list/),
  'hint-size-or': succeeds('hint-size-or', { local_gb: '499' }),
  'interfaces-ipv6': otherPorts('pxe-enabled-unknown'),
  'interfaces-missing-keys': otherPorts('pxe-enabled-unknown'),
  'interfaces-same-mac': otherPorts('pxe-enabled-unknown'),
  'interfaces-same-name': otherPorts('pxe-enabled-unknown'),
  'ports-keep-added-no-boot-interface': otherPorts('pxe-enabled-unknown'),
  'ports-main-no-boot-interface': otherPorts('pxe-enabled-unknown'),
  'physnet-v4-miss-v6-hit': withNetwork('physnet-all-addresses', 'physnet_b'),
  'ports-no-overwrite-empty': withNetwork('physnet-no-overwrite', 'physnet_a'),
  'ports-no-overwrite-existing': withNetwork('physnet-no-overwrite', 'physnet_a'),
  'ports-no-overwrite-no-boot-interface': {
    ...otherPorts('pxe-enabled-unknown'),
    ...withNetwork('physnet-no-overwrite', 'physnet_a'),
  },
  'properties-no-overwrite': withNetwork('physnet-no-overwrite', 'physnet_a'),
  'properties-none-before-no-overwrite': withNetwork('physnet-no-overwrite', 'physnet_a'),
  'ramdisk-accelerator-no-bus': succeeds('accelerators-malformed'),
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

/** Failures of the original that come from a hook that is left out. */
const notOfTheseHooks: Readonly<Record<string, string>> = {
  'interfaces-missing-keys': 'lldp_basic',
};

interface Difference {
  /** Of the line in docs/compatibility.md. */
  readonly id: string;
  readonly refusedWith?: RegExp;
  readonly succeeds?: true;
  readonly properties?: JsonObject;
  /** Recorded properties and data that are not there. */
  readonly without?: readonly string[];
  /** `pxe_enabled` is left on. */
  readonly otherPorts?: true;
  /** Of the first NIC's port. */
  readonly network?: string;
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

function withNetwork(id: string, network: string): Difference {
  return { id, network };
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

/** What the hooks write, and what they leave as it was. */
const dataKeys = `all_interfaces interfaces macs ipmi_address ipmi_v6address root_disk local_gb cpus cpu_arch
  memory_mb inventory extra data`.split(/\s+/);

interface Outcome {
  readonly error: string | undefined;
  readonly properties: JsonObject;
  readonly ports: readonly JsonObject[];
  readonly data: JsonObject;
}

async function run(recorded: any): Promise<Outcome> {
  const data = postedData(recorded);
  const draft = nodeDraft(nodeBefore(recorded), portsBefore(recorded));
  let error: string | undefined;
  try {
    const failures = await runHookPipeline(recordedHooks(oracle, recorded.variant), data, draft);
    if (failures.length > 0) error = failures.join('\n');
  } catch (thrown) {
    error = messageOf(thrown);
  }
  const ports = [...draft.ports.values()].map(
    ({ address, extra, pxe_enabled: pxe, physical_network: network = null }) => ({
      address,
      extra,
      pxe,
      network,
    }),
  );
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
  comparePorts(recorded, actual, expected, difference);
  if (expected.data !== undefined) compareData(actual.data, expected.data, difference);
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
  const owned = { ...recorded };
  for (const name of difference?.without ?? []) delete owned[name];
  assert.deepEqual(actual.properties, owned);
}

function comparePorts(
  recorded: any,
  actual: Outcome,
  { status, ports = [] }: Expectation,
  difference: Difference | undefined,
): void {
  // Whose address it is shows only when the port is created.
  if (recorded.case === 'ports-of-another-node') return;
  const otherFlags = difference?.otherPorts === true;
  const [firstNic] = (postedData(recorded) as any).inventory.interfaces;
  const owned = ports.map((port) => ({
    address: port.address,
    extra: port.extra,
    pxe: otherFlags || port.pxe_enabled,
    network:
      (port.address === firstNic.mac_address ? difference?.network : undefined) ?? port.physical_network,
  }));
  // Where the original fails, it does so before it comes to the networks.
  if (status !== 200) for (const port of [...actual.ports, ...owned]) delete port.network;
  const byAddress = (a: any, b: any) => (a.address < b.address ? -1 : 1);
  assert.deepEqual(actual.ports.toSorted(byAddress), owned.toSorted(byAddress));
}

function compareData(actual: JsonObject, recorded: JsonObject, difference: Difference | undefined): void {
  for (const key of dataKeys) {
    if (difference?.without?.includes(key) === true) assert.equal(actual[key], undefined, key);
    else assert.deepEqual(actual[key], withoutLldp(recorded[key]), key);
  }
}

function withoutLldp(value: any): any {
  if (value === undefined) return undefined;
  return JSON.parse(JSON.stringify(value), (key, member) => (key === 'lldp_processed' ? undefined : member));
}
