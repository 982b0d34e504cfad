import type { Logger } from '../../logging/logger.ts';
import { fakePower } from './fake.ts';
import { manualPower } from './manual.ts';
import type { PowerDriver } from './power-driver.ts';
import { redfishPower } from './redfish/redfish-power.ts';

/** Every power driver by the name that a node's `power_interface` knows it by. */
export function powerDrivers(log: Logger): Readonly<Record<string, PowerDriver>> {
  return { fake: fakePower(), manual: manualPower(log), redfish: redfishPower() };
}
