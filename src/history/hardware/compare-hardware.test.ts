import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { processorTime } from '../../../testing/processor-time.ts';
import type { JsonObject } from '../../json/json-value.ts';
import { compareHardware } from './compare-hardware.ts';

const disk = (name: string, serial: string, more: object = {}) => ({ name: `/dev/${name}`, serial, ...more });
const nic = (name: string, mac: string, more: object = {}) => ({ name, mac_address: mac, ...more });
const module = (slot: string, serial: string, more: object = {}) => ({
  Locator: slot,
  'Serial Number': serial,
  Size: '16 GB',
  ...more,
});
const inventory = (parts: object) => ({ inventory: parts }) as unknown as JsonObject;
const memory = (...devices: object[]) => ({ dmi: { memory: { devices } } }) as unknown as JsonObject;

const summaries = (before: JsonObject, after: JsonObject) =>
  compareHardware(before, after).changes.map(({ summary }) => summary);

describe('compareHardware', () => {
  const cases: readonly [string, JsonObject, JsonObject, string[]][] = [
    [
      'a module that moved',
      memory(module('A1', '1'), module('A2', '2')),
      memory(module('B1', '1'), module('A2', '2')),
      ['Memory module B1 moved: slot A1 -> B1'],
    ],
    [
      'two modules that changed places',
      memory(module('A1', '1'), module('A2', '2')),
      memory(module('A1', '2'), module('A2', '1')),
      ['Memory module A2 moved: slot A1 -> A2', 'Memory module A1 moved: slot A2 -> A1'],
    ],
    [
      'a module that is gone',
      memory(module('A1', '1'), module('A2', '2')),
      memory(module('A1', '1'), module('A2', '', { Size: 'No Module Installed' })),
      ['Memory module A2 is gone (serial 2, size 16 GB)'],
    ],
    [
      'a module without a serial number that is another one',
      memory(module('A1', 'Unknown')),
      memory(module('A1', 'Unknown', { Size: '32 GB' })),
      ['Memory module A1 replaced: size 16 GB -> 32 GB'],
    ],
    [
      'a module without a serial number in another slot, as not certain',
      memory(module('A1', 'Not Specified')),
      memory(module('B1', 'Not Specified')),
      ['Memory module B1 moved: slot A1 -> B1 (not certain)'],
    ],
    [
      'a disk that was replaced',
      inventory({ disks: [disk('sda', 'A', { by_path: 'pci-1' }), disk('sdb', 'B', { by_path: 'pci-2' })] }),
      inventory({ disks: [disk('sda', 'C', { by_path: 'pci-1' }), disk('sdb', 'B', { by_path: 'pci-2' })] }),
      ['Disk sda replaced: serial A -> C'],
    ],
    [
      'a disk of the same name only, as not certain',
      inventory({ disks: [disk('sda', 'A')] }),
      inventory({ disks: [disk('sda', 'C')] }),
      ['Disk sda replaced: serial A -> C (not certain)'],
    ],
    [
      'no disks whose names changed places',
      inventory({ disks: [disk('sda', 'A'), disk('sdb', 'B')] }),
      inventory({ disks: [disk('sda', 'B'), disk('sdb', 'A')] }),
      [],
    ],
    [
      'nothing of paths to one disk that have its serial number in common',
      inventory({ disks: [disk('sda', 'A'), disk('sdb', 'A')] }),
      inventory({ disks: [disk('sda', 'A'), disk('sdb', 'A')] }),
      [],
    ],
    [
      'an interface that lost its carrier',
      inventory({ interfaces: [nic('eno1', 'AA:00', { has_carrier: true })] }),
      inventory({ interfaces: [nic('eno1', 'aa:00', { has_carrier: false })] }),
      ['Interface eno1 lost its carrier'],
    ],
    [
      'an interface that has a carrier again',
      inventory({ interfaces: [nic('eno1', 'aa:00', { has_carrier: false })] }),
      inventory({ interfaces: [nic('eno1', 'aa:00', { has_carrier: true })] }),
      ['Interface eno1 has a carrier again'],
    ],
    [
      'an interface in another slot',
      inventory({ interfaces: [nic('eno1', 'aa:00', { pci_address: '0000:01:00.0' })] }),
      inventory({ interfaces: [nic('ens3', 'aa:00', { pci_address: '0000:03:00.0' })] }),
      ['Interface ens3 moved: pci_address 0000:01:00.0 -> 0000:03:00.0'],
    ],
    [
      'another MAC at the same place, as not certain',
      inventory({ interfaces: [nic('eno1', 'aa:00', { pci_address: '0000:01:00.0' })] }),
      inventory({ interfaces: [nic('eno1', 'aa:01', { pci_address: '0000:01:00.0' })] }),
      ['Interface eno1 replaced: mac aa:00 -> aa:01 (not certain)'],
    ],
    [
      'a cable that ends elsewhere',
      inventory({
        interfaces: [
          nic('eno1', 'aa:00', {
            lldp: [
              [1, '04001122334455'],
              [2, '05312f31'],
            ],
          }),
        ],
      }),
      {
        ...inventory({ interfaces: [nic('eno1', 'aa:00')] }),
        lldp_raw: {
          eno1: [
            [1, '04001122334455'],
            [2, '05312f32'],
          ],
        },
      },
      ['Interface eno1 changed: switch_port 1/1 of 00:11:22:33:44:55 -> 1/2 of 00:11:22:33:44:55'],
    ],
    [
      'other firmware',
      inventory({ system_vendor: { firmware: { vendor: 'V', version: '1' } } }),
      inventory({ system_vendor: { firmware: { vendor: 'V', version: '2' } } }),
      ['Firmware of the machine has other firmware: version 1 -> 2'],
    ],
    [
      'other firmware of a disk',
      {
        ...inventory({ disks: [disk('sda', 'A')] }),
        data: [['disk', 'sda', 'rev', '1'], 'odd', ['disk', 1, 2, 3]],
      },
      { ...inventory({ disks: [disk('sda', 'A')] }), data: [['disk', 'sda', 'rev', '2']] },
      ['Disk sda has other firmware: firmware 1 -> 2'],
    ],
    [
      'another machine',
      inventory({ system_vendor: { serial_number: '1' } }),
      inventory({ system_vendor: { serial_number: '2' } }),
      ['Machine replaced: serial 1 -> 2'],
    ],
    [
      'fewer processors',
      inventory({ cpu: { count: 96 }, memory: { physical_mb: 1 } }),
      inventory({ cpu: { count: 48 }, memory: { physical_mb: null } }),
      ['Processor changed: count 96 -> 48'],
    ],
    [
      'a PCI device that was replaced, and one that is new',
      { pci_devices: [{ bus: '1', vendor_id: '10de', product_id: '1' }] },
      {
        pci_devices: [
          { bus: '1', vendor_id: '10de', product_id: '2' },
          { bus: '2', vendor_id: '8086', product_id: '3' },
        ],
      },
      ['PCI device 1 replaced: device 10de:1 -> 10de:2', 'PCI device 2 added (device 8086:3)'],
    ],
    [
      'modules that only the extra-hardware collector tells of',
      {
        data: [
          ['memory', 'bank:0', 'size', '16'],
          ['memory', 'bank:0', 'slot', 'A1'],
          ['memory', 'total', 'size', 1],
        ],
      },
      {
        data: [
          ['memory', 'bank:0', 'size', '16'],
          ['memory', 'bank:0', 'slot', 'A1'],
          ['memory', 'bank:1', 'size', '8'],
        ],
      },
      ['Memory module bank:1 added (size 8)'],
    ],
  ];
  for (const [what, before, after, expected] of cases) {
    it(`tells of ${what}`, () => {
      assert.deepEqual(summaries(before, after), expected);
    });
  }

  it('tells once of modules that two collectors report', () => {
    const data = [['memory', 'bank:0', 'size', '16']];

    const { changes } = compareHardware(
      { ...memory(module('A1', '1')), data },
      { ...memory(module('A1', '2')), data: [['memory', 'bank:0', 'size', '32']] },
    );

    assert.equal(changes.length, 1);
  });

  it('says what only one of the two has reported', () => {
    const { changes, notCompared } = compareHardware(inventory({ disks: [disk('sda', 'A')] }), inventory({}));

    assert.deepEqual([changes, notCompared], [[], ['disks']]);
  });

  it('gives each property by itself', () => {
    const before = inventory({ disks: [disk('sda', 'A', { by_path: 'p', model: 'M', size: 1 })] });
    const after = inventory({ disks: [disk('sda', 'B', { by_path: 'p', model: 'N', size: 1 })] });

    assert.deepEqual(compareHardware(before, after).changes[0]?.properties, [
      { property: 'serial', from: 'A', to: 'B' },
      { property: 'model', from: 'M', to: 'N' },
    ]);
  });
});

const few = fc.constantFrom('a', 'b', 'c', '', null, 1, true, 'Unknown');
const machines = fc.record(
  {
    inventory: fc.record(
      {
        disks: fc.array(fc.record({ name: few, serial: few, wwn: few, by_path: few, size: few }), {
          maxLength: 6,
        }),
        interfaces: fc.array(fc.record({ name: few, mac_address: few, pci_address: few, has_carrier: few })),
        system_vendor: fc.record({ serial_number: few, firmware: fc.record({ version: few }) }),
      },
      { requiredKeys: [] },
    ),
    pci_devices: fc.array(fc.record({ bus: few, vendor_id: few, product_id: few, revision: few })),
    dmi: fc.record({
      memory: fc.record({ devices: fc.array(fc.record({ Locator: few, 'Serial Number': few, Size: few })) }),
    }),
    data: fc.array(fc.tuple(fc.constantFrom('memory', 'disk', 'firmware'), few, few, few)),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>;
const anyDocument = fc.oneof(
  machines,
  fc.dictionary(fc.string(), fc.jsonValue()) as fc.Arbitrary<JsonObject>,
);

/** What a change is when the two runs are told the other way round, but for its name and sentence. */
const turned: Record<string, string> = {
  added: 'removed',
  removed: 'added',
  'carrier-lost': 'carrier-found',
  'carrier-found': 'carrier-lost',
};
function facts(before: JsonObject, after: JsonObject, turn: boolean): string[] {
  return compareHardware(before, after)
    .changes.map(({ component, change, properties, certain }) => {
      const told = properties.map(({ property, from, to }) => [property, turn ? to : from, turn ? from : to]);
      return JSON.stringify([
        component,
        turn ? (turned[change] ?? change) : change,
        told.map(String).toSorted(),
        certain,
      ]);
    })
    .toSorted();
}

describe('compareHardware of any documents', () => {
  it('finds no difference between equal ones', () => {
    fc.assert(
      fc.property(anyDocument, (one) => {
        assert.deepEqual(compareHardware(one, structuredClone(one)), { changes: [], notCompared: [] });
      }),
    );
  });

  it('finds the same, the other way round', () => {
    fc.assert(
      fc.property(anyDocument, anyDocument, (one, other) => {
        assert.deepEqual(facts(one, other, false), facts(other, one, true));
      }),
      { numRuns: 500 },
    );
  });

  it('takes whatever a member may be', () => {
    const odd = fc.dictionary(
      fc.constantFrom('inventory', 'dmi', 'data', 'pci_devices', 'lldp_raw'),
      fc.oneof(
        fc.jsonValue(),
        fc.array(fc.dictionary(fc.constantFrom('name', 'lldp', '__proto__'), fc.jsonValue())),
      ),
    ) as fc.Arbitrary<JsonObject>;

    fc.assert(fc.property(odd, odd, (one, other) => void compareHardware(one, other)));
  });

  it('takes time in proportion to the disks', () => {
    const rack = (count: number, serial: string) =>
      inventory({
        disks: Array.from({ length: count }, (_, i) => disk(`sd${i}`, `${serial}${i}`, { by_path: `p${i}` })),
      });
    const taken = (count: number) => {
      const [before, after] = [rack(count, 'a'), rack(count, 'b')];
      const spent = processorTime();
      assert.equal(compareHardware(before, after).changes.length, count);
      return spent();
    };
    const least = (count: number) => Math.min(...Array.from({ length: 5 }, () => taken(count)));
    least(1200);

    const [one, many] = [least(1200), least(12_000)];

    assert.ok(many < one * 60 + 50, `${one} ms for 1,200 and ${many} ms for 12,000`);
  });
});

const recorded = new URL('../../../../shared/data/ipa-master-uefi-e1000e-bmc-lldp.json', import.meta.url);

describe('compareHardware of what a real agent sent', () => {
  it('finds what is changed by hand', {
    skip: !existsSync(recorded) && `${recorded.pathname} is not there`,
  }, () => {
    const before: any = JSON.parse(readFileSync(recorded, 'utf8'));
    const after = structuredClone(before);
    after.dmi.memory.devices[0].Locator = 'DIMM 1';
    after.inventory.interfaces[0].has_carrier = false;
    after.inventory.disks[0].serial = 'SATA10';
    after.inventory.disks[0].wwn_with_extension = '0x5002538e40000010';
    after.inventory.system_vendor.firmware.version = '2.2.0';

    assert.deepEqual(summaries(before, after), [
      'Firmware of the machine has other firmware: version 2.1.9 -> 2.2.0',
      'Memory module DIMM 1 moved: slot DIMM 0 -> DIMM 1',
      'Disk sda replaced: serial SATA9 -> SATA10, wwn 0x5002538e40000009 -> 0x5002538e40000010',
      'Interface enp0s2 lost its carrier',
    ]);
  });
});
