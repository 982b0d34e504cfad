// Shows these lines of docs/compatibility.md: rule-refused-change, rule-secrets.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareMetalNode } from '../../testing/bare-metal-builder.ts';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import { introspectionUnderTest, posted } from '../../testing/introspection-builder.ts';
import { ramdiskData } from '../../testing/ramdisk-data-builder.ts';
import { ruleOf } from '../../testing/rule-case.ts';
import type { BareMetalNode, Patch } from '../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { continueIntrospection } from './continue.ts';
import { startIntrospection } from './start.ts';

const set = (path: string, value: JsonValue) => ({ action: 'set-attribute', path, value });

class PickyBareMetal extends FakeBareMetal {
  override patchNode(uuid: string, patch: Patch, options?: { resetInterfaces?: boolean }) {
    if (patch.some(({ path }) => path === '/nothing')) {
      this.calls.push({ method: 'patchNode', args: [uuid, patch] });
      throw new InspectorError('invalid', 'Cannot patch /nothing');
    }
    return super.patchNode(uuid, patch, options);
  }
}

async function introspected(rules: readonly JsonObject[]) {
  const node: BareMetalNode = bareMetalNode({
    properties: {},
    driver_info: { redfish_address: '192.0.2.1' },
  });
  const bareMetal = new PickyBareMetal({ nodes: [node] });
  const test = await introspectionUnderTest(bareMetal, {
    rules: { all: async () => rules.map((body, index) => ruleOf(body, index + 1)) },
  });
  await startIntrospection(test.on, node.uuid, { manageBoot: true });
  await test.settled();
  const data = ramdiskData();
  const inventory = { ...(data.inventory as JsonObject), bmc_address: '192.0.2.1' };
  const failure = await continueIntrospection(test.on, posted({ ...data, inventory })).then(
    () => undefined,
    (error: unknown) => error as InspectorError,
  );
  await test.settled();
  const record = await test.on.nodes.get(node.uuid);
  return { ...test, failure, record, node: await bareMetal.getNode(node.uuid) };
}

describe('processing with rules', () => {
  it('sends what hooks and rules decided in one change of the node', async () => {
    const { node, bareMetal, failure, on } = await introspected([
      { actions: [set('/extra/cpus', '{data[cpus]}'), set('/driver_info/ipmi_password', 'hidden')] },
    ]);

    assert.equal(failure, undefined);
    assert.equal(node.extra.cpus, node.properties.cpus);
    assert.equal(bareMetal.argsOf('patchNode').length, 1);
    const changes = await on.changes.get(node.uuid);
    assert.ok(changes.some(({ by, path }) => by.startsWith('rule ') && path === '/extra/cpus'));
    assert.ok(!JSON.stringify(changes).includes('hidden'));
  });

  it('keeps data and the hooks’ changes when a rule fails', async () => {
    const { node, failure, record, on } = await introspected([
      { actions: [{ action: 'fail', message: 'no' }] },
    ]);

    assert.deepEqual([failure?.kind, failure?.message, record.error], ['invalid', 'no', 'no']);
    assert.ok(node.properties.cpus !== undefined);
    assert.match(await on.data.get(node.uuid, 'processed'), /"cpus"/);
  });

  it('keeps what was decided before a change that the bare metal service refuses', async () => {
    const { node, failure, on } = await introspected([
      { actions: [set('/extra/before', 1), set('/nothing', 1)] },
      { actions: [set('/extra/after', 1), { action: 'add-trait', name: 'CUSTOM_A' }] },
    ]);

    assert.match(
      failure?.message ?? '',
      /^Rule 2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a01: Cannot patch \/nothing$/,
    );
    assert.deepEqual(node.extra, { before: 1 });
    assert.ok(node.properties.cpus !== undefined);
    assert.match(await on.data.get(node.uuid, 'processed'), /"cpus"/);
  });
});
