import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { fullFrame, tlv } from '../../../testing/lldp-frame.ts';
import { processorTime } from '../../../testing/processor-time.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { isObject, type JsonObject, type JsonValue } from '../../json/json-value.ts';
import { silentLogger } from '../../logging/logger.ts';
import { localLink } from './local-link.ts';
import { parseLldp } from './parse-lldp.ts';

const texts = [
  'switch_chassis_id',
  'switch_port_id',
  'switch_port_description',
  'switch_system_name',
  'switch_system_description',
  'switch_port_mau_type',
];
const numbers = [
  'switch_port_untagged_vlan_id',
  'switch_port_management_vlan_id',
  'switch_port_link_aggregation_id',
  'switch_port_mtu',
];

/** Any value, of the type that its name promises. */
function isSound(name: string, value: JsonValue): boolean {
  if (texts.includes(name)) return typeof value === 'string' && value.length <= 511;
  if (numbers.includes(name)) return Number.isInteger(value);
  if (name === 'switch_port_vlans') return Array.isArray(value) && value.every((item) => isObject(item));
  if (name === 'switch_port_protocol_vlan_ids') return Array.isArray(value) && value.every(Number.isInteger);
  if (/_(?:support|enabled)$/.test(name) && !name.includes('capabilities')) return typeof value === 'boolean';
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** Reads TLVs both ways, and checks what comes out. */
function read(tlvs: readonly JsonValue[]): JsonObject {
  const log = recordingLogger();
  const fields = parseLldp(tlvs, { interface: 'eth0', log });
  for (const [name, value] of Object.entries(fields)) assert.ok(isSound(name, value), name);
  for (const [item, value] of localLink(tlvs, { interface: 'eth0', log })) {
    if (item === 'switch_id') assert.match(value, /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/);
    else assert.notEqual(value, '');
  }
  for (const line of log.at('warning')) assert.match(line, /^LLDP of interface eth0: ignoring /);
  assert.ok(log.at('warning').length <= 2 * 12);
  return fields;
}

const digits = (maxLength: number) =>
  fc.uint8Array({ maxLength }).map((octets) => Buffer.from(octets).toString('hex'));

/** Octets of the right beginning, so that most get past the first checks. */
const plausible = fc
  .tuple(
    fc.constantFrom(1, 2, 4, 5, 6, 7, 8, 127),
    fc.constantFrom('', '04', '05', '0501', '0502', '0506', '07', '0080c2', '00120f', '0080c203', '00120f01'),
    digits(24),
  )
  .map(([type, start, rest]): JsonValue => [type, start + rest]);

const junk = fc.oneof(
  fc.tuple(fc.integer({ min: -1, max: 300 }), digits(600)).map((pair): JsonValue => pair),
  fc.tuple(fc.constantFrom(1, 5, 127), fc.string({ unit: 'binary' })).map((pair): JsonValue => pair),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>,
);

describe('frames that nobody vouches for', () => {
  const frames = fc.array(fc.oneof({ arbitrary: plausible, weight: 4 }, junk), { maxLength: 20 });

  it('give sound values, or none, and never an error', () => {
    const property = fc.property(frames, (tlvs) => {
      read(tlvs);
    });

    fc.assert(property, { numRuns: 3000 });
  });

  it('lose nothing of a sound TLV by what is around it', () => {
    const sound = tlv(127, '0080c2060400');
    fc.assert(
      fc.property(frames, fc.nat(20), (tlvs, at) => {
        const others = tlvs.filter((item) => !JSON.stringify(item).startsWith('[127,"0080c206'));

        const fields = read(others.toSpliced(at, 0, sound));

        assert.equal(fields.switch_port_management_vlan_id, 1024);
      }),
      { numRuns: 500 },
    );
  });

  it('give the same whether a bit of another TLV is flipped or not', () => {
    fc.assert(
      fc.property(fc.nat(fullFrame().length - 1), fc.nat(), (which, bit) => {
        const changed = fullFrame().map((item, index) => (index === which ? flipped(item, bit) : item));
        const name = which < 6 ? 'switch_port_mtu' : 'switch_system_name';

        assert.deepEqual(read(changed)[name], read(fullFrame())[name]);
      }),
      { numRuns: 500 },
    );
  });

  const corpus: readonly JsonValue[][] = JSON.parse(
    readFileSync(new URL('./fuzz-corpus.json', import.meta.url), 'utf8'),
  );
  for (const [index, tlvs] of corpus.entries()) {
    it(`that a fuzzer found give sound values: ${index + 1}`, () => {
      read(tlvs);
    });
  }
});

describe('the time that frames take', () => {
  const timeOf = (tlvs: readonly JsonValue[], nics = 1) => {
    const spent = processorTime();
    for (let nic = 0; nic < nics; nic += 1) parseLldp(tlvs, { interface: 'eth0', log: silentLogger() });
    return spent();
  };
  const many = (item: JsonValue, count = 750) => Array.from({ length: count }, () => item);

  const largest: Record<string, JsonValue[]> = {
    'long texts': many([6, '61'.repeat(511)]),
    'NULs to strip': many([127, `0080c2030001ff${'00'.repeat(254)}61`]),
    'IPv6 addresses': many([8, '110220010db80000000000000000000000070200000009']),
    'VLAN names': many(tlv(127, '0080c203006506', 'vlan-x')),
    'odd digits': many([6, `${'61'.repeat(510)}6z`]),
    'items that are no TLVs': many(null, 500_000),
  };
  for (const [what, tlvs] of Object.entries(largest)) {
    it(`is a moment for as many as are read: ${what}`, () => {
      const time = Math.min(timeOf(tlvs), timeOf(tlvs));

      assert.ok(time < 250, `${time} ms`);
    });
  }

  it('is a moment for 64 interfaces behind talkative switches', () => {
    const frame = fullFrame(30);

    const time = Math.min(...[1, 2, 3].map(() => timeOf(frame, 64)));

    assert.ok(time < 250, `${time} ms`);
  });
});

/** One bit of the octets of a TLV changed. */
function flipped(item: JsonValue, bit: number): JsonValue {
  const [type, text] = item as [number, string];
  const octets = Buffer.from(text, 'hex');
  if (octets.length === 0) return item;
  const at = Math.floor(bit / 8) % octets.length;
  octets[at] = (octets[at] ?? 0) ^ (1 << (bit % 8));
  return [type, octets.toString('hex')];
}
