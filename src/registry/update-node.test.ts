// Shows these lines of docs/compatibility.md: registry-patch-paths.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeDocument } from '../../testing/node-document-builder.ts';
import type { Patch } from '../bare-metal/bare-metal-service.ts';
import { updatedNode } from './update-node.ts';

const now = '2026-11-23T00:00:00+00:00';
const update = (node: ReturnType<typeof nodeDocument>, patch: Patch, resetInterfaces = false) =>
  updatedNode(node, patch, { now, resetInterfaces });

describe('updatedNode', () => {
  it('applies the patch and notes the time', () => {
    const node = nodeDocument({ properties: { cpus: 4 } });

    const next = update(node, [
      { op: 'add', path: '/properties/memory_mb', value: 1024 },
      { op: 'replace', path: '/name', value: 'one' },
    ]);

    assert.deepEqual(next.properties, { cpus: 4, memory_mb: 1024 });
    assert.equal(next.name, 'one');
    assert.equal(next.updated_at, now);
    assert.deepEqual(node.properties, { cpus: 4 });
  });

  it('sets what is removed back to its default', () => {
    const next = update(nodeDocument({ name: 'one', extra: { a: 1 }, maintenance: true }), [
      { op: 'remove', path: '/name' },
      { op: 'remove', path: '/extra' },
      { op: 'remove', path: '/maintenance' },
    ]);

    assert.equal(next.name, null);
    assert.deepEqual(next.extra, {});
    assert.equal(next.maintenance, false);
  });

  for (const path of ['/provision_state', '/uuid', '/created_at', '/links', '/toString', '/power_state']) {
    it(`refuses to change ${path}`, () => {
      assert.throws(() => update(nodeDocument(), [{ op: 'add', path, value: 'x' }]), {
        kind: 'invalid',
        message: new RegExp(`^Cannot patch ${path}. Only the following can be updated: automated_clean, `),
      });
    });
  }

  it('refuses to change traits', () => {
    assert.throws(
      () => update(nodeDocument(), [{ op: 'add', path: '/traits/-', value: 'CUSTOM_A' }]),
      /Cannot update node traits via node patch/,
    );
  });

  it('refuses a node without a driver', () => {
    assert.throws(
      () => update(nodeDocument(), [{ op: 'remove', path: '/driver' }]),
      /'driver' is a required property/,
    );
  });

  it('refuses a name that is none, and a chassis', () => {
    const uuid = '1be26c0b-03f2-4d2e-ae87-c02d7f33c123';

    assert.throws(
      () => update(nodeDocument(), [{ op: 'add', path: '/name', value: 'a b' }]),
      /Cannot change name to invalid name 'a b'/,
    );
    assert.throws(() => update(nodeDocument(), [{ op: 'add', path: '/chassis_uuid', value: uuid }]), {
      kind: 'invalid',
      message: `Chassis ${uuid} could not be found.`,
    });
  });

  it('keeps a name that an older rule let in', () => {
    assert.doesNotThrow(() =>
      update(nodeDocument({ name: 'detail' }), [{ op: 'add', path: '/extra/a', value: 1 }]),
    );
  });

  describe('a new driver', () => {
    const toRedfish: Patch = [{ op: 'replace', path: '/driver', value: 'redfish' }];

    it('needs its own parts', () => {
      assert.throws(
        () => update(nodeDocument(), toRedfish),
        /management interface implementation 'fake' is not supported/,
      );
    });

    it('gets them with reset_interfaces', () => {
      const next = update(nodeDocument(), toRedfish, true);

      assert.equal(next.driver, 'redfish');
      assert.equal(next.power_interface, 'redfish');
    });

    it('gets the others with reset_interfaces where the patch names some', () => {
      const patch: Patch = [...toRedfish, { op: 'replace', path: '/power_interface', value: 'fake' }];

      assert.throws(
        () => update(nodeDocument(), patch, true),
        /power interface implementation 'fake' is not supported/,
      );
    });

    it('is what reset_interfaces is for', () => {
      assert.throws(() => update(nodeDocument(), [{ op: 'add', path: '/name', value: 'one' }], true), {
        kind: 'invalid',
        message: "The reset_interfaces parameter can only be used when changing the node's driver.",
      });
    });

    it('has to wait while the node is in use', () => {
      assert.throws(() => update(nodeDocument({ provision_state: 'active' }), toRedfish, true), {
        kind: 'conflict',
        message:
          /can not have management_interface updated unless it is in one of allowed .* Current state is 'active'/,
      });
      assert.doesNotThrow(() =>
        update(nodeDocument({ provision_state: 'active', maintenance: true }), toRedfish, true),
      );
    });
  });

  it('leaves the resource class of a node in use', () => {
    const patch: Patch = [{ op: 'add', path: '/resource_class', value: 'large' }];

    assert.throws(() => update(nodeDocument({ provision_state: 'active' }), patch), {
      kind: 'conflict',
      message: /resource_class/,
    });
    assert.equal(update(nodeDocument({ provision_state: 'inspect wait' }), patch).resource_class, 'large');
  });

  it('forgets why a node was in maintenance', () => {
    const node = nodeDocument({ maintenance: true, maintenance_reason: 'disk', fault: 'power failure' });

    const next = update(node, [{ op: 'replace', path: '/maintenance', value: false }]);

    assert.equal(next.maintenance_reason, null);
    assert.equal(next.fault, null);
  });

  it('does not give the node of one instance to another', () => {
    const instance = '1be26c0b-03f2-4d2e-ae87-c02d7f33c123';
    const node = nodeDocument({ instance_uuid: instance });
    const other = instance.replace('1', '2');

    assert.throws(() => update(node, [{ op: 'replace', path: '/instance_uuid', value: other }]), {
      kind: 'conflict',
      message: `Node ${node.uuid} is associated with instance ${instance}.`,
    });
    assert.equal(update(node, [{ op: 'remove', path: '/instance_uuid' }]).instance_uuid, null);
    assert.equal(
      update(node, [{ op: 'replace', path: '/instance_uuid', value: instance }]).instance_uuid,
      instance,
    );
  });
});
