import type { JsonValue } from '../../src/json/json-value.ts';
import type { SeededRandom } from '../../testing/seeded-random.ts';

type Tlv = [number, string];

/** What an honest switch sends to a port: chassis, port, time to live, names, capabilities, address, VLAN and speed. */
export function honestLldp(port: number): Tlv[] {
  const hex = (text: string) => Buffer.from(text).toString('hex');
  return [
    [1, '0402f1e2000001'],
    [2, `05${hex(`Ethernet1/${port}`)}`],
    [3, '0078'],
    [4, hex(`to machine ${port}`)],
    [5, hex('fleet-switch')],
    [6, hex('Switch of a simulated fleet')],
    [7, '00140014'],
    [8, '0501ac190001020000000100'],
    [127, '0080c2010065'],
    [127, '0080c203006504666c6565'],
    [127, '00120f01036c110010'],
    [0, ''],
  ];
}

/** Ways to lie, each by what it makes of honest data. */
const lies: Readonly<Record<string, (honest: Tlv[], random: SeededRandom) => JsonValue>> = {
  'an odd number of digits': (honest) => honest.map(([type, digits]) => [type, `${digits}a`]),
  'no digits at all': (honest) => honest.map(([type]) => [type, 'zz\u202e"}']),
  'cut off values': (honest, random) =>
    honest.map(([type, digits]) => [type, digits.slice(0, 2 * random.below(1 + digits.length / 2))]),
  'lengths beyond the end': (honest) => [
    ...honest,
    [8, 'ff01ac19'],
    [127, '0080c203006eff41'],
    [127, '0080c204ff'],
  ],
  'names of 100 kilobytes': (honest) => [
    ...honest,
    [5, '41'.repeat(100_000)],
    [127, `0080c2030065ff${'42'.repeat(100_000)}`],
  ],
  'ten thousand TLVs': (honest) => [
    ...honest,
    ...Array.from({ length: 10_000 }, (_, at): Tlv => [at % 128, '00']),
  ],
  'types out of range': (honest) => [...honest, [-1, '00'], [128, '00'], [2 ** 53, '00'], [1.5, '00']],
  'values of other types': (honest) => [
    ...honest,
    null,
    'text',
    7,
    [],
    [5],
    ['5', 5],
    [[5], ['6']],
    { type: 5 },
  ],
  'the end first, and everything twice': (honest) => [...honest.toReversed(), ...honest],
  'random octets': (_, random) =>
    Array.from(
      { length: 50 },
      (): Tlv => [
        random.below(128),
        Buffer.from(random.text(random.below(256), true), 'latin1').toString('hex'),
      ],
    ),
};

/** The words for the ways to lie. */
export const lyingWays: readonly string[] = Object.keys(lies);

/** LLDP data as no switch should send it, in one of those ways. */
export function lyingLldp(port: number, way: string, random: SeededRandom): JsonValue {
  return lies[way]?.(honestLldp(port), random) ?? null;
}
