import { InspectorError } from '../../errors/inspector-error.ts';
import type { BootDevice } from '../power/power-driver.ts';
import type { Registry } from '../registry.ts';
import { addressedNode } from './addressed-node.ts';
import {
  listBootDevicesDocumentation,
  setBootDeviceDocumentation,
  showBootDeviceDocumentation,
} from './documentation/node-parts.ts';
import { objectOf, only, type Route, requiredText } from './route.ts';

/** Where a machine boots from. */
export function managementRoutes({ nodes, power }: Registry): Route[] {
  const path = '/nodes/:node/management/boot_device';
  return [
    {
      method: 'GET',
      path,
      documentation: showBootDeviceDocumentation,
      async handle(call) {
        const setting = await power.bootDevice(await addressedNode(nodes, call));
        return {
          status: 200,
          body: { boot_device: setting?.device ?? null, persistent: setting?.persistent ?? null },
        };
      },
    },
    {
      method: 'PUT',
      path,
      documentation: setBootDeviceDocumentation,
      async handle(call) {
        const body = only(objectOf(call, 'boot_device'), 'boot_device', 'persistent');
        const { persistent = false } = body;
        if (typeof persistent !== 'boolean') {
          throw new InspectorError(
            'invalid',
            `Invalid persistent: expected true or false, got ${JSON.stringify(persistent).slice(0, 100)}`,
          );
        }
        // Whether the driver knows the device, it is asked itself.
        const device = requiredText(body, 'boot_device').slice(0, 100) as BootDevice;
        await power.setBootDevice(await addressedNode(nodes, call), { device, persistent });
        return { status: 204 };
      },
    },
    {
      method: 'GET',
      path: `${path}/supported`,
      documentation: listBootDevicesDocumentation,
      async handle(call) {
        const driver = power.driverOf(await addressedNode(nodes, call));
        return { status: 200, body: { supported_boot_devices: [...driver.bootDevices] } };
      },
    },
  ];
}
