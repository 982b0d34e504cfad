import { createHash } from 'node:crypto';
import { readMachine } from '../machine/machine-description.ts';
import { machinePower } from '../machine/machine-power.ts';
import type { RedfishMachine } from './redfish-resources.ts';

/** A machine as its Redfish BMC sees it, by its folder. The UUID follows from the serial number. */
export function redfishMachine(folder: string): RedfishMachine {
  const { name, firmware, serialNumber } = readMachine(folder);
  const digits = createHash('md5').update(serialNumber).digest('hex');
  const uuid = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { name, uuid, firmware, power: machinePower(folder) };
}
