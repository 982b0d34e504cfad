import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InspectorError } from '../../src/errors/inspector-error.ts';

/** One emulated machine, as it is built; its folder holds all that changes. */
export interface MachineDescription {
  /** For people: `node-1`. */
  readonly name: string;
  /** Absolute, without commas, short enough for the path of a socket in it. */
  readonly folder: string;
  readonly firmware: 'bios' | 'uefi';
  /** UEFI only: the firmware boots by HTTP, with no iPXE of its own. PXE otherwise. */
  readonly bootsByHttp?: boolean;
  /** MiB. */
  readonly memory: number;
  readonly cpus: number;
  /** Network cards; the machine boots from the first. */
  readonly interfaces: readonly MachineInterface[];
  readonly disks: readonly MachineDisk[];
  /** What its firmware says of it. */
  readonly serialNumber: string;
  /** What its firmware tells the ramdisk of its BMC. */
  readonly bmcAddress?: string;
}

/** A virtio network card. */
export interface MachineInterface {
  readonly mac: string;
  /** Name of the tap device that it is plugged into, in the network namespace in which the machine is switched on. */
  readonly tap: string;
}

/** An empty disk. */
export interface MachineDisk {
  readonly bus: 'virtio' | 'nvme';
  readonly gibibytes: number;
}

/** What lies in the folder of a machine. */
export function machinePaths(folder: string) {
  const at = (name: string) => join(folder, name);
  return {
    description: at('machine.json'),
    bootDevice: at('boot-device.json'),
    /** There while QEMU runs, and after it was killed. */
    pid: at('qemu.pid'),
    /** All that the machine wrote to its serial port since it was made. */
    consoleLog: at('console.log'),
    /** A UNIX socket: the serial port itself. */
    consoleSocket: at('console.sock'),
    /** What the firmware of a UEFI machine remembers. */
    firmwareVariables: at('firmware-variables.fd'),
    disk: (index: number) => at(`disk-${index}.raw`),
  };
}

/** A socket's path may have 107 characters. */
const longestFolder = 107 - '/console.sock'.length;

/**
 * Builds a machine: its folder with the description and empty disks, which take no space until written to.
 *
 * @throws InspectorError `invalid` for a folder that QEMU cannot be told of
 */
export function makeMachine(description: MachineDescription): void {
  const { folder, disks } = description;
  if (!folder.startsWith('/') || folder.includes(',') || folder.length > longestFolder) {
    throw new InspectorError(
      'invalid',
      `Expected an absolute path without commas of at most ${longestFolder} characters, got '${folder}'.`,
    );
  }
  mkdirSync(folder, { recursive: true });
  const paths = machinePaths(folder);
  for (const [index, { gibibytes }] of disks.entries()) {
    writeFileSync(paths.disk(index), '');
    truncateSync(paths.disk(index), gibibytes * 1024 ** 3);
  }
  writeFileSync(paths.description, `${JSON.stringify(description, undefined, 2)}\n`);
}

/** @throws Error when the folder holds no machine */
export function readMachine(folder: string): MachineDescription {
  return JSON.parse(readFileSync(machinePaths(folder).description, 'utf8')) as MachineDescription;
}
