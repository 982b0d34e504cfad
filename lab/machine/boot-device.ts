import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { machinePaths } from './machine-description.ts';

/** What a machine boots from: the order its firmware has, the network or its disks. */
export const bootDevices = ['default', 'pxe', 'disk'] as const;

export type BootDevice = (typeof bootDevices)[number];

/** The choice of a BMC's user. */
export interface BootChoice {
  readonly device: BootDevice;
  /** For the next start only. */
  readonly once: boolean;
}

/** What is chosen for a machine; its firmware's order where nothing is. */
export function chosenBoot(folder: string): BootChoice {
  try {
    return JSON.parse(readFileSync(machinePaths(folder).bootDevice, 'utf8')) as BootChoice;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { device: 'default', once: false };
    throw error;
  }
}

/** Keeps a choice. */
export function chooseBoot(folder: string, choice: BootChoice): void {
  writeFileSync(machinePaths(folder).bootDevice, JSON.stringify(choice));
}

/** What to boot from now; a choice for one start is used up by it. */
export function takeBoot(folder: string): BootDevice {
  const { device, once } = chosenBoot(folder);
  if (once) rmSync(machinePaths(folder).bootDevice);
  return device;
}
