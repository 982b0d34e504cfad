import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { arbitraryNodeProperties, arbitraryRamdiskData } from '../../testing/arbitrary-ramdisk-data.ts';
import { builtInHooks, hookOptions } from '../../testing/hook-pipeline.ts';
import { nodeDraft } from '../../testing/node-draft-builder.ts';
import { processorTime } from '../../testing/processor-time.ts';
import { ramdiskMacs } from '../../testing/ramdisk-data-builder.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { silentLogger } from '../logging/logger.ts';
import { processingHookBuiltIns } from './processing/built-ins.ts';
import type { ProcessingHook } from './processing-hook.ts';

/** Milliseconds that a hook may take for a document, however odd. */
const longest = 50;

const oddValue = fc.oneof(
  fc.constantFrom<JsonValue[]>(null, '', 0, [], {}, [null], [[]], '__proto__', Infinity, -1),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>,
);
const text = fc.oneof(
  fc.constantFrom('cpu', 'physical', '__proto__', '10.5', ' 42 ', '0x1', ''),
  fc.string(),
);
const item = fc.oneof(fc.array(fc.oneof(text, oddValue), { minLength: 3, maxLength: 5 }), oddValue);
const device = fc.record<JsonObject>(
  {
    vendor_id: fc.oneof(fc.constantFrom<JsonValue[]>('10de', '8086', 1), oddValue),
    product_id: fc.oneof(fc.constantFrom<JsonValue[]>('1eb8', '10fb'), oddValue),
    bus: fc.oneof(fc.constant<JsonValue>('0000:3b:00.0'), oddValue),
  },
  { requiredKeys: [] },
);
const serial = fc.oneof(fc.constantFrom<JsonValue[]>('a', 'b', '<or> a', '=', ' ', null), oddValue);
const serials = fc.oneof(fc.array(serial, { maxLength: 4 }), oddValue) as fc.Arbitrary<JsonValue>;

/** What hooks read beside the inventory, and which no schema describes to its end. */
const additions = fc.record<JsonObject>(
  {
    data: fc.oneof(fc.array(item, { maxLength: 6 }), oddValue) as fc.Arbitrary<JsonValue>,
    pci_devices: fc.oneof(fc.array(device, { maxLength: 4 }), oddValue) as fc.Arbitrary<JsonValue>,
    block_devices: fc.oneof(fc.record({ serials }), oddValue) as fc.Arbitrary<JsonValue>,
    all_interfaces: fc.oneof(
      fc.constantFrom<JsonValue[]>({ eno1: {}, eno2: { mac: 5 } }, { eno1: null }),
      oddValue,
    ),
    local_gb: oddValue,
  },
  { requiredKeys: [] },
);

const node = fc.record({
  properties: arbitraryNodeProperties(),
  extra: fc.oneof(
    fc.record<JsonObject>({
      block_devices: fc.oneof(fc.record({ serials }), oddValue) as fc.Arbitrary<JsonValue>,
    }),
    fc.constant(null).map((): JsonObject => ({})),
  ),
});

const options = hookOptions({
  'capabilities.boot_mode': 'true',
  'pci_devices.alias': ['{"vendor_id": "8086", "product_id": "10fb", "name": "nic"}'],
  'port_physnet.cidr_map': '198.51.100.0/24:a,2001:db8::/64:b,0.0.0.0/0:c,::/0:d',
  'processing.add_ports': 'all',
});

/** What a hook does with a document, step by step, as if no other had seen it. */
async function outcomeOf(hook: ProcessingHook, data: JsonObject, fields: JsonObject): Promise<unknown> {
  const context = { log: silentLogger() };
  const draft = nodeDraft(fields, [{ address: ramdiskMacs.eno1 }, { address: ramdiskMacs.eno2 }]);
  const thrown: unknown[] = [];
  const note = (error: unknown) => thrown.push(error);
  // A hook may be asynchronous, and one that is not throws at once.
  await Promise.resolve()
    .then(() => hook.beforeProcessing?.(data, context))
    .catch(note);
  await Promise.resolve()
    .then(() => hook.beforeUpdate?.(data, draft, context))
    .catch(note);
  for (const error of thrown)
    assert.ok(error instanceof InspectorError && error.kind === 'invalid', String(error));
  return draft.plan();
}

describe('each hook, on data that nobody vouches for', () => {
  for (const name of processingHookBuiltIns.keys()) {
    it(`${name} ends in an error for the operator, if in any, and soon`, async () => {
      const [hook] = builtInHooks(name, options) as [ProcessingHook];
      const property = fc.asyncProperty(
        arbitraryRamdiskData(),
        additions,
        node,
        async (document, more, fields) => {
          let duration = Infinity;
          // A garbage collection may fall into one; what is slow by itself is slow each time.
          for (let attempt = 0; attempt < 4 && duration > longest; attempt++) {
            const data = structuredClone({ ...document, ...more });
            const spent = processorTime();
            await outcomeOf(hook, data, fields);
            duration = spent();
          }
          assert.ok(duration <= longest, `${duration} ms`);
        },
      );

      await fc.assert(property, { numRuns: 250 });

      assert.equal(({} as any).polluted, undefined);
      assert.deepEqual(Object.keys(Object.prototype), []);
    });
  }
});
