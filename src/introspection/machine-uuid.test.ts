import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { canonicalUuid } from '../host/canonical-uuid.ts';
import { machineUuid } from './machine-uuid.ts';

describe('the UUID for a node that is made for a machine', () => {
  const macs = ['52:54:00:00:00:01', '52:54:00:00:00:02'];

  it('is the same for the same MAC addresses, in whatever order and with whatever BMC', () => {
    const uuid = machineUuid({ mac: macs, bmc_address: ['192.0.2.1'] });

    assert.equal(machineUuid({ mac: macs.toReversed(), bmc_address: [] }), uuid);
    assert.notEqual(machineUuid({ mac: macs.slice(1), bmc_address: [] }), uuid);
  });

  it('goes by the BMC where there is no MAC address', () => {
    const uuid = machineUuid({ mac: [], bmc_address: ['192.0.2.1'] });

    assert.equal(machineUuid({ mac: [], bmc_address: ['192.0.2.1'] }), uuid);
    assert.notEqual(machineUuid({ mac: [], bmc_address: ['192.0.2.2'] }), uuid);
  });

  it('is a UUID of version 8', () => {
    const uuid = machineUuid({ mac: macs, bmc_address: [] });

    assert.equal(canonicalUuid(uuid), uuid);
    assert.match(uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
