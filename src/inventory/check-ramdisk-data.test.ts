// Shows these lines of docs/compatibility.md: interfaces-bounded.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { arbitraryWellFormedRamdiskData } from '../../testing/arbitrary-ramdisk-data.ts';
import { ramdiskData } from '../../testing/ramdisk-data-builder.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { checkRamdiskData } from './check-ramdisk-data.ts';
import { ramdiskSchema, type Shape } from './ramdisk-schema.ts';

function refusalOf(data: JsonObject): string | undefined {
  try {
    checkRamdiskData(data);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof InspectorError);
    assert.equal(error.kind, 'invalid');
    return error.message;
  }
}

/** Every known path with its shape; items of lists and tables are at index 0 and key `x`. */
function knownPaths(shape: Shape, path: string): [string, Shape][] {
  const here: [string, Shape][] = path === '' ? [] : [[path, shape]];
  if (shape.kind === 'list') return [...here, ...knownPaths(shape.of, `${path}[0]`)];
  if (shape.kind === 'table') return [...here, ...knownPaths(shape.of, `${path}.x`)];
  if (shape.kind !== 'object') return here;
  const members = Object.entries(shape.members);
  return [
    ...here,
    ...members.flatMap(([name, member]) => knownPaths(member, path === '' ? name : `${path}.${name}`)),
  ];
}

/** A document with nothing but the value at the path. */
function documentWith(path: string, value: JsonValue): JsonObject {
  const keys = path.replaceAll('[0]', '.[0]').split('.');
  const nested = keys.reduceRight<JsonValue>(
    (inner, key) => (key === '[0]' ? [inner] : { [key]: inner }),
    value,
  );
  return nested as JsonObject;
}

describe('checkRamdiskData', () => {
  const wrongValues: Record<Shape['kind'], JsonValue[]> = {
    text: [5, true, [], {}],
    number: ['5', true, [], {}, Infinity],
    scalar: [[], {}, Infinity, -Infinity],
    anything: [],
    object: [5, 'x', '', true, [], [1]],
    table: [5, 'x', true, []],
    list: [5, true, {}],
  };

  for (const [path, shape] of knownPaths(ramdiskSchema, '')) {
    it(`refuses a ${shape.kind} of the wrong type at ${path}, naming the path`, () => {
      for (const wrong of wrongValues[shape.kind]) {
        const message = refusalOf(documentWith(path, wrong));

        assert.ok(message?.startsWith(`${path}: expected `), `${path}: ${JSON.stringify(wrong)}: ${message}`);
      }
    });

    it(`accepts null at ${path}, unless it is an item of a list of something`, () => {
      const message = refusalOf(documentWith(path, null));

      assert.equal(message === undefined, !path.endsWith(']') || shape.kind === 'anything');
    });
  }

  it('says what was expected and what came', () => {
    const refusals: [JsonObject, string][] = [
      [
        ramdiskData({ 'inventory.interfaces.2.mac_address': 5 }),
        'inventory.interfaces[2].mac_address: expected text or null, got a number',
      ],
      [ramdiskData({ inventory: [] }), 'inventory: expected an object or null, got a list'],
      [
        ramdiskData({ 'inventory.interfaces': [null] }),
        'inventory.interfaces[0]: expected an object, got null',
      ],
      [
        ramdiskData({ 'inventory.cpu.flags': ['vmx', 1] }),
        'inventory.cpu.flags[1]: expected text, got a number',
      ],
      [ramdiskData({ 'inventory.disks': 5 }), 'inventory.disks: expected a list or null, got a number'],
      [ramdiskData({ boot_interface: false }), 'boot_interface: expected text or null, got false'],
      [
        ramdiskData({ 'inventory.cpu.count': [] }),
        'inventory.cpu.count: expected text, a number, true, false or null, got a list',
      ],
      [ramdiskData({ 'root_disk.size': Infinity }), 'root_disk.size: expected a finite number, got Infinity'],
    ];

    for (const [data, expected] of refusals) assert.equal(refusalOf(data), expected);
  });

  it('bounds the number of interfaces', () => {
    const interfaces = Array.from({ length: 2001 }, (_, i) => ({ name: `eth${i}` }));

    assert.equal(refusalOf({ inventory: { interfaces: interfaces.slice(1) } }), undefined);
    assert.equal(
      refusalOf({ inventory: { interfaces } }),
      'inventory.interfaces: expected at most 2000 interfaces, got 2001',
    );
  });

  it('quotes and cuts a key of the ramdisk in the path', () => {
    const message = refusalOf(ramdiskData({ lldp_raw: { [`eth 0${'x'.repeat(100)}`]: 5 } }));

    assert.equal(message, `lldp_raw["eth 0${'x'.repeat(35)}"]: expected a list or null, got a number`);
  });

  it('accepts what real agents of all ages send', () => {
    const accepted: Record<string, JsonValue | undefined>[] = [
      {},
      { inventory: undefined },
      { inventory: null },
      { inventory: {} },
      { 'inventory.cpu.frequency': '' },
      { 'inventory.cpu.frequency': null },
      { 'inventory.cpu.frequency': 3200.5 },
      { 'inventory.disks.0.model': null, 'inventory.disks.0.serial': '' },
      { 'inventory.disks.0.logical_sectors': 512, 'inventory.disks.0.tran': 'sata' },
      { 'inventory.interfaces.0.speed_mbps': 1000, 'inventory.interfaces.0.driver': 'e1000e' },
      { 'inventory.bmc_address': null, 'inventory.bmc_v6address': null },
      { 'inventory.bmc_address': 5 },
      { 'inventory.disks': 'sda' },
      { error: { code: 1 }, data: { cpu: 1 } },
      { local_gb: 'nonsense', macs: 5, all_interfaces: { x: 1 }, my_key: [null] },
      { 'inventory.unknown': [1], 'inventory.cpu.unknown': {} },
    ];

    for (const changes of accepted) assert.equal(refusalOf(ramdiskData(changes)), undefined);
  });

  it('is not misled by keys that every object inherits', () => {
    const data = ramdiskData({
      constructor: 1,
      toString: [],
      'inventory.hasOwnProperty': 5,
      'inventory.valueOf': null,
    });

    assert.equal(refusalOf(data), undefined);
  });

  it('accepts every document that fits the schema', () => {
    fc.assert(
      fc.property(arbitraryWellFormedRamdiskData(), (data) => refusalOf(data) === undefined),
      { numRuns: 300 },
    );
  });
});
