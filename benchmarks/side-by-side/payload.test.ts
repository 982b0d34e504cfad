import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  bmcAddressOf,
  bootMacOf,
  machineUuid,
  type PayloadName,
  payloadOf,
  payloadSizes,
} from './payload.ts';

const parsed = (payload: Buffer) => JSON.parse(payload.toString());

describe('payloads', () => {
  for (const name of Object.keys(payloadSizes) as PayloadName[]) {
    it(`are documents of exactly ${name}, whichever machine it is`, () => {
      const payload = payloadOf(name);

      for (const machine of [0, 1, 8_000_000]) {
        assert.equal(payload.of(machine).length, payloadSizes[name].bytes);
        assert.ok(parsed(payload.of(machine)).inventory.disks.length > 0);
      }
      assert.equal(payload.bytes, payloadSizes[name].bytes);
    });
  }

  it('have addresses and serial numbers of their machine', () => {
    const { inventory, boot_interface } = parsed(payloadOf('60 KiB').of(7));

    assert.equal(boot_interface, bootMacOf(7));
    assert.equal(inventory.boot.pxe_interface, '02:00:00:07:00:00');
    assert.equal(inventory.interfaces[3].mac_address, '02:00:00:07:00:03');
    assert.equal(inventory.bmc_address, bmcAddressOf(7));
    assert.equal(inventory.system_vendor.serial_number, '00000007');
    assert.equal(inventory.disks[1].serial, '00000007-1');
  });

  it('leave the template as it is', () => {
    const payload = payloadOf('4 KiB');

    const before = payload.of(1);
    payload.of(2);

    assert.deepEqual(payload.of(1), before);
  });
});

describe('machines', () => {
  it('have addresses and UUIDs that nobody else has', () => {
    const machines = Array.from({ length: 1000 }, (_, index) => index * 3001);

    for (const tell of [bootMacOf, bmcAddressOf, machineUuid]) {
      assert.equal(new Set(machines.map(tell)).size, machines.length);
    }
    assert.equal(bmcAddressOf(0), '10.100.100.100');
    assert.equal(bmcAddressOf(156 ** 3 - 1), '10.255.255.255');
    assert.match(machineUuid(5), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
