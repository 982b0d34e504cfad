import type { LabSettings } from '../lab/setup/lab-settings.ts';

/** A lab of one machine that has as little as possible, with changes. */
export function labSettings(changes: Partial<LabSettings> = {}): LabSettings {
  return {
    nodes: 1,
    driver: 'noop',
    ironic: 'registry',
    bmc: 'redfish',
    firmware: 'bios',
    discovery: false,
    denyUnknownMacs: false,
    split: false,
    options: [],
    ...changes,
  };
}
