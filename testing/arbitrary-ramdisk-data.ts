import * as fc from 'fast-check';
import { ramdiskSchema, type Shape } from '../src/inventory/ramdisk-schema.ts';
import { isObject, type JsonObject, type JsonValue } from '../src/json/json-value.ts';
import { ramdiskData } from './ramdisk-data-builder.ts';

/**
 * Documents as a hostile or broken ramdisk may post them: a plausible one in which up to six values, at any
 * path, were replaced by any JSON value, removed, or joined by an unknown key. About a third are untouched.
 * Numbers may be infinite, which is what a numeral such as 1e999 becomes.
 */
export function arbitraryRamdiskData(): fc.Arbitrary<JsonObject> {
  const start = fc.oneof(
    { arbitrary: fc.constant(null).map(() => ramdiskData()), weight: 3 },
    arbitraryWellFormedRamdiskData(),
  );
  const mutations = fc.oneof(fc.constant([]), {
    arbitrary: fc.array(arbitraryMutation(), { maxLength: 6 }),
    weight: 3,
  });
  return fc.tuple(start, mutations).map(([document, changes]) => {
    const copy = structuredClone(document);
    for (const change of changes) apply(copy, change);
    return copy;
  });
}

/** Documents in which every known path has a value of the right type, `null`, or nothing. */
export function arbitraryWellFormedRamdiskData(): fc.Arbitrary<JsonObject> {
  return valueOf(ramdiskSchema).filter((value) => isObject(value));
}

const oddTexts = [
  '',
  ' ',
  '0',
  'None',
  '\0',
  '\ud800',
  '__proto__',
  'constructor',
  '::/0',
  '0.0.0.0',
  '1e999',
];
const oddScalars = [null, 0, -1, 1e300, -1e300, 2 ** 53, 0.5, Infinity, -Infinity, true, false];
const oddContainers: readonly JsonValue[] = [
  [],
  {},
  [null],
  [[]],
  [{}],
  { constructor: 1 },
  { toString: 1 },
  { length: 3 },
];
const oddValues: readonly JsonValue[] = [...oddTexts, ...oddScalars, ...oddContainers];

/** Any JSON value, and those that trip parsers and comparisons. */
function arbitraryJson(): fc.Arbitrary<JsonValue> {
  return fc.oneof(
    { arbitrary: fc.constantFrom(...oddValues), weight: 2 },
    fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>,
  );
}

/** Properties of a node that steer hooks: hints of all operators, sound and unsound, and existing values. */
export function arbitraryNodeProperties(): fc.Arbitrary<JsonObject> {
  const hints = fc.oneof(arbitraryHints(), arbitraryJson());
  const properties = {
    root_device: hints,
    skip_block_devices: fc.oneof(fc.array(hints, { maxLength: 3 }), arbitraryJson()),
    local_gb: arbitraryJson(),
    cpus: arbitraryJson(),
    capabilities: fc.constantFrom<JsonValue[]>('', 'a:b,c:d', 'a', ',', null, 5, { a: 'b' }, ['a:b']),
  };
  return fc.oneof(
    fc.record<JsonObject>(properties, { requiredKeys: [] }),
    fc.constant(null).map((): JsonObject => ({})),
  );
}

function arbitraryHints(): fc.Arbitrary<JsonObject> {
  const names = [
    'size',
    'model',
    'wwn',
    'serial',
    'vendor',
    'name',
    'rotational',
    'hctl',
    'by_path',
    'colour',
  ];
  const operators = [
    '',
    '=',
    '==',
    '!=',
    '<in>',
    '<=',
    '>',
    's==',
    's!=',
    's<',
    's>=',
    '<or>',
    '<all-in>',
    '<or> <or>',
  ];
  const values = fc.oneof(
    fc.constantFrom('', '100', '500', 'big spinner', 'none', '/dev/sda', '<or> 1', 'true'),
    fc.string(),
  );
  const expression = fc
    .tuple(fc.constantFrom(...operators), fc.constantFrom('', ' '), values)
    .map((parts): JsonValue => parts.join(''));
  return fc.dictionary(
    fc.constantFrom(...names),
    fc.oneof({ arbitrary: expression, weight: 4 }, arbitraryJson()),
    {
      maxKeys: 3,
    },
  );
}

const plausible =
  `eno1 lo /dev/sda /dev/sdb 52:54:00:aa:bb:01 52-54-00-AA-BB-01 01-52-54-00-aa-bb-01 198.51.100.7
  127.0.0.1 ::1 fe80::1%eno1 2001:db8::1/64 x86_64 uefi vmx 8086 10fb 48 1_0 2GB`.split(/\s+/);

function arbitraryText(): fc.Arbitrary<JsonValue> {
  return fc.oneof({ arbitrary: fc.constantFrom(...plausible), weight: 3 }, fc.string({ unit: 'binary' }));
}

function arbitraryNumber(): fc.Arbitrary<JsonValue> {
  return fc.oneof(
    fc.constantFrom(0, 1, 48, 107374182400, -5, 7.9),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
}

function valueOf(shape: Shape): fc.Arbitrary<JsonValue> {
  switch (shape.kind) {
    case 'text':
      return fc.oneof(arbitraryText(), fc.constant(null));
    case 'number':
      return fc.oneof(arbitraryNumber(), fc.constant(null));
    case 'scalar':
      return fc.oneof(arbitraryText(), arbitraryNumber(), fc.boolean(), fc.constant(null));
    case 'anything':
      return fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<JsonValue>;
    case 'list':
      return fc
        .array(valueOf(shape.of), { maxLength: 3 })
        .map((items) => items.filter((item) => item !== null));
    case 'table':
      return fc.dictionary(fc.string(), valueOf(shape.of), { maxKeys: 2 }) as fc.Arbitrary<JsonValue>;
    default: {
      const members = Object.entries(shape.members).map(([name, member]) => [name, valueOf(member)]);
      const model: Record<string, fc.Arbitrary<JsonValue>> = Object.fromEntries(members);
      return fc.oneof(
        { arbitrary: fc.record(model, { requiredKeys: [] }), weight: 9 },
        fc.constant(null),
      ) as fc.Arbitrary<JsonValue>;
    }
  }
}

interface Mutation {
  /** Picks one of the document's values, whatever its size. */
  readonly place: number;
  readonly how: 'replace' | 'remove' | 'add';
  readonly key: string;
  readonly value: JsonValue;
}

function arbitraryMutation(): fc.Arbitrary<Mutation> {
  return fc.record({
    place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    how: fc.constantFrom('replace', 'replace', 'remove', 'add'),
    key: fc.oneof(
      fc.constantFrom('pci_devices', 'lldp_raw', 'ipmi_address', 'all_interfaces', 'cpus'),
      fc.string(),
    ),
    value: arbitraryJson(),
  });
}

function apply(document: JsonObject, mutation: Mutation): void {
  const places = placesOf(document);
  const place = places[Math.floor(mutation.place * places.length)];
  const value = structuredClone(mutation.value);
  if (mutation.how === 'add' || place === undefined) define(document, mutation.key, value);
  else if (mutation.how === 'replace') define(place.parent, place.key, value);
  else Reflect.deleteProperty(place.parent, place.key);
}

/** Not an assignment, which would set the prototype for the key `__proto__`. */
function define(parent: object, key: string, value: JsonValue): void {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}

function placesOf(value: JsonValue): { parent: object; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [{ parent: value, key }, ...placesOf(member)]);
}
