import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeDocument } from '../../testing/node-document-builder.ts';
import { silentLogger } from '../logging/logger.ts';
import { hardwareTypeOf, hardwareTypes, partOf, withInterfaces } from './hardware-types.ts';
import { powerDrivers } from './power/built-ins.ts';

describe('hardware types', () => {
  for (const { name, interfaces } of hardwareTypes) {
    it(`${name} has a power driver of that name`, () => {
      const driver = powerDrivers(silentLogger())[interfaces.power];

      assert.equal(driver?.name, interfaces.power);
      assert.equal(interfaces.management, interfaces.power);
    });
  }

  it('are named when another one is asked for', () => {
    assert.throws(() => hardwareTypeOf('ipmi'), {
      kind: 'invalid',
      message:
        'No valid host was found. Reason: No conductor service registered which supports driver ipmi. ' +
        'Supported drivers are: fake-hardware, manual-management, redfish.',
    });
  });
});

describe('withInterfaces', () => {
  it('sets what is not given', () => {
    const node = withInterfaces(
      nodeDocument({ driver: 'redfish', power_interface: null, raid_interface: 'no-raid' }),
    );

    assert.equal(partOf(node, 'power'), 'redfish');
    assert.equal(partOf(node, 'inspect'), 'inspector');
  });

  it('refuses what the driver does not have', () => {
    assert.throws(() => withInterfaces(nodeDocument({ power_interface: 'ipmitool' })), {
      kind: 'invalid',
      message:
        "power interface implementation 'ipmitool' is not supported by hardware type fake-hardware. Supported is: fake.",
    });
  });

  it('finds no part in a node that never got one', () => {
    assert.equal(partOf(nodeDocument({ power_interface: null }), 'power'), 'none');
  });
});
