import { readFileSync, writeFileSync } from 'node:fs';

/** PXE filters that a lab may have. */
export const filterDrivers = ['nftables', 'dnsmasq', 'iptables', 'noop'] as const;

/** What a lab is made of. */
export interface LabSettings {
  /** How many machines are enrolled as nodes. */
  readonly nodes: number;
  readonly driver: (typeof filterDrivers)[number];
  /** The bare metal service: the built-in registry, or Ironic as Debian packages it. */
  readonly ironic: 'registry' | 'real';
  readonly bmc: 'redfish' | 'ipmi';
  readonly firmware: 'bios' | 'uefi';
  /** One machine more that nobody has enrolled, and a service that takes it in. */
  readonly discovery: boolean;
  readonly denyUnknownMacs: boolean;
  /** API and conductor as processes of their own. */
  readonly split: boolean;
  /** Further options of the service, each `SECTION.NAME=VALUE`. */
  readonly options: readonly string[];
}

/** The name of the machine that nobody has enrolled. */
const strangerName = 'stranger';

/** The machines of a lab, in the order of their numbers. */
export function machineNames({ nodes, discovery }: LabSettings): string[] {
  const enrolled = Array.from({ length: nodes }, (_, index) => `node-${index + 1}`);
  return discovery ? [...enrolled, strangerName] : enrolled;
}

/** Keeps settings for the supervisor and later commands. */
export function writeSettings(file: string, settings: LabSettings): void {
  writeFileSync(file, `${JSON.stringify(settings, undefined, 2)}\n`);
}

/** @throws Error when there is no such file */
export function readSettings(file: string): LabSettings {
  return JSON.parse(readFileSync(file, 'utf8')) as LabSettings;
}
