import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testRegistry } from '../../testing/registry-builder.ts';
import type { IntrospectionStatus } from './lost-inspections.ts';

/** The test's clock stands at 13:36:35.999. */
const startedAt = '2026-11-22T13:36:35.999000';
const inspection_started_at = '2026-11-22T13:36:35+00:00';
const lost =
  'Failed to inspect hardware. Reason: The introspection was lost when the service ended. Inspect the node again.';

async function inspected(provision_state = 'inspect wait') {
  const on = await testRegistry();
  const { uuid } = await on.registry.nodes.create({ driver: 'fake-hardware' });
  await on.registry.nodes.change(uuid, (node) => ({ ...node, provision_state, inspection_started_at }));
  const reconcile = (status?: Partial<IntrospectionStatus>) =>
    on.registry.reconcile(async () => status && { running: false, error: null, startedAt, ...status });
  const states = async () => {
    const node = await on.registry.nodes.get(uuid);
    return [node.provision_state, node.target_provision_state, node.last_error];
  };
  return { ...on, ...on.registry, uuid, reconcile, states };
}

describe('reconcile', () => {
  for (const state of ['inspecting', 'inspect wait']) {
    it(`ends '${state}' when the introspection has failed`, async () => {
      const { reconcile, states, log, uuid } = await inspected(state);

      await reconcile({ error: 'no disks' });

      assert.deepEqual(await states(), [
        'inspect failed',
        'manageable',
        'Failed to inspect hardware. Reason: no disks',
      ]);
      assert.deepEqual(log.lines, [
        `warning: The end of the inspection of node ${uuid} was missed: no disks`,
      ]);
    });

    it(`ends '${state}' when the introspection has succeeded`, async () => {
      const { reconcile, states } = await inspected(state);

      await reconcile({});

      assert.deepEqual(await states(), ['manageable', null, null]);
    });

    it(`ends '${state}' when there is no introspection, and says what to do`, async () => {
      const { reconcile, states } = await inspected(state);

      await reconcile();

      assert.deepEqual(await states(), ['inspect failed', 'manageable', lost]);
    });

    it(`ends '${state}' when only an earlier introspection has ended`, async () => {
      const { reconcile, states } = await inspected(state);

      await reconcile({ startedAt: '2026-11-22T13:36:34.999000' });

      assert.deepEqual(await states(), ['inspect failed', 'manageable', lost]);
    });

    it(`leaves '${state}' while the introspection runs, and lets it be aborted`, async () => {
      const { reconcile, states, log } = await inspected(state);

      await reconcile({ running: true });

      assert.equal((await states())[0], 'inspect wait');
      assert.deepEqual(log.lines, []);
    });
  }

  it('lets the verbs work again', async () => {
    const { reconcile, provisioning, uuid, states, nodes } = await inspected('inspecting');
    const nothing = async () => {};

    await reconcile();
    await provisioning.request(uuid, 'manage', { startIntrospection: nothing, abortIntrospection: nothing });

    assert.deepEqual(await states(), ['manageable', null, null]);
    await nodes.delete(uuid);
  });

  it('has nothing to do with other nodes', async () => {
    const { reconcile, states } = await inspected('available');

    await reconcile();

    assert.equal((await states())[0], 'available');
  });

  it('does not touch a node whose introspection is being started', async () => {
    const { reconcile, provisioning, uuid, states, idle } = await inspected('manageable');
    const gate = Promise.withResolvers<void>();
    const startIntrospection = () => gate.promise;

    await provisioning.request(uuid, 'inspect', { startIntrospection, abortIntrospection: async () => {} });
    await reconcile();
    await reconcile({ running: true });
    const during = await states();
    gate.resolve();
    await idle();

    assert.deepEqual(during, ['inspecting', 'manageable', null]);
    assert.deepEqual(await states(), ['inspect wait', 'manageable', null]);
  });

  it('does not end an inspection that began while it asked', async () => {
    const { nodes, registry, uuid, states } = await inspected();

    await registry.reconcile(async () => {
      await nodes.change(uuid, (node) => ({
        ...node,
        inspection_started_at: '2026-11-22T14:00:00+00:00',
      }));
      return undefined;
    });

    assert.equal((await states())[0], 'inspect wait');
  });
});

describe('reconcile, where other processes start inspections as well', () => {
  it("leaves a node in 'inspecting' to whoever is at it", async () => {
    const { registry, states } = await inspected('inspecting');

    await registry.reconcile(async () => undefined, { shared: true });

    assert.equal((await states())[0], 'inspecting');
  });

  it("ends 'inspect wait' as ever", async () => {
    const { registry, states } = await inspected();

    await registry.reconcile(async () => undefined, { shared: true });

    assert.deepEqual(await states(), ['inspect failed', 'manageable', lost]);
  });
});
