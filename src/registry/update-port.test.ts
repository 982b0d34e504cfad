// Shows these lines of docs/compatibility.md: registry-port-inspect-failed.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeDocument } from '../../testing/node-document-builder.ts';
import { testTime } from '../../testing/registry-builder.ts';
import type { Patch } from '../bare-metal/bare-metal-service.ts';
import { newPort } from './new-port.ts';
import { updatedPort } from './update-port.ts';

const uuid = '1be26c0b-03f2-4d2e-ae87-c02d7f33c123';
const now = '2026-11-23T00:00:00+00:00';
const port = newPort(
  { address: 'aa:bb:cc:dd:ee:ff', node_uuid: nodeDocument().uuid, physical_network: 'net' },
  { uuid, now: testTime },
);
const newAddress: Patch = [{ op: 'replace', path: '/address', value: 'AA:BB:CC:DD:EE:00' }];
const pxeDisabled: Patch = [{ op: 'replace', path: '/pxe_enabled', value: false }];

describe('newPort', () => {
  it('completes what is given', () => {
    assert.equal(port.uuid, uuid);
    assert.equal(port.pxe_enabled, true);
    assert.equal(port.created_at, testTime);
  });

  it('refuses an empty network and a port group', () => {
    const given = { address: 'aa:bb:cc:dd:ee:ff', node_uuid: uuid };

    assert.throws(
      () => newPort({ ...given, physical_network: '' }, { uuid, now }),
      /A non-empty value is required/,
    );
    assert.throws(
      () => newPort({ ...given, portgroup_uuid: uuid }, { uuid, now }),
      /Portgroup .* could not be found/,
    );
    assert.throws(
      () => newPort({ ...given, internal_info: {} }, { uuid, now }),
      /'internal_info' was unexpected/,
    );
  });
});

describe('updatedPort', () => {
  it('applies the patch and notes the time', () => {
    const patch: Patch = [
      { op: 'add', path: '/local_link_connection/switch_id', value: '0A:1B:2C:3D:4E:5F' },
      { op: 'add', path: '/local_link_connection/port_id', value: 'Eth1' },
      { op: 'remove', path: '/physical_network' },
      ...newAddress,
    ];

    const next = updatedPort(port, patch, nodeDocument(), { now });

    assert.deepEqual(next.local_link_connection, { switch_id: '0a:1b:2c:3d:4e:5f', port_id: 'Eth1' });
    assert.equal(next.physical_network, null);
    assert.equal(next.address, 'aa:bb:cc:dd:ee:00');
    assert.equal(next.updated_at, now);
  });

  it('refuses to change what is read-only', () => {
    assert.throws(
      () => updatedPort(port, [{ op: 'add', path: '/uuid', value: uuid }], nodeDocument(), { now }),
      /^InspectorError: Cannot patch \/uuid/,
    );
  });

  it('leaves the address of a node in use', () => {
    const active = nodeDocument({ provision_state: 'active' });

    assert.throws(() => updatedPort(port, newAddress, active, { now }), {
      kind: 'conflict',
      message: /^Cannot update hardware address for port .* is active or has instance UUID assigned$/,
    });
    assert.throws(() => updatedPort(port, newAddress, nodeDocument({ instance_uuid: uuid }), { now }), {
      kind: 'conflict',
    });
    assert.doesNotThrow(() => updatedPort(port, newAddress, { ...active, maintenance: true }, { now }));
  });

  it('leaves the connections of a node in use', () => {
    assert.throws(
      () => updatedPort(port, pxeDisabled, nodeDocument({ provision_state: 'available' }), { now }),
      {
        kind: 'conflict',
        message: /can not have any connectivity attributes .* The current state is available\.$/,
      },
    );
    assert.equal(
      updatedPort(port, pxeDisabled, nodeDocument({ provision_state: 'inspect wait' }), { now }).pxe_enabled,
      false,
    );
  });

  it('lets introspection change the connections of a node that it failed on', () => {
    const failed = nodeDocument({ provision_state: 'inspect failed' });
    const available = nodeDocument({ provision_state: 'available' });
    const byIntrospection = { now, byIntrospection: true };

    assert.equal(updatedPort(port, pxeDisabled, failed, byIntrospection).pxe_enabled, false);
    assert.throws(() => updatedPort(port, pxeDisabled, failed, { now }), { kind: 'conflict' });
    assert.throws(() => updatedPort(port, pxeDisabled, available, byIntrospection), { kind: 'conflict' });
  });

  it('changes the rest in any state', () => {
    const patch: Patch = [{ op: 'add', path: '/extra/a', value: 1 }];

    assert.deepEqual(updatedPort(port, patch, nodeDocument({ provision_state: 'active' }), { now }).extra, {
      a: 1,
    });
  });
});
