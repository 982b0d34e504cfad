import type { LabSettings } from './lab-settings.ts';

/** Where things are in the lab's network, which is the same in every lab: nobody else is in its namespace. */
export const labNetwork = {
  bridge: 'br-lab',
  /** Of the service, DHCP, TFTP and boot files. */
  address: '172.24.42.254',
  prefixLength: 24,
  /** What DHCP gives away. */
  range: ['172.24.42.100', '172.24.42.253'],
  /** A router that speaks IPv6 saves iPXE a long wait. */
  ipv6: 'fd77::1/64',
  serviceUrl: 'http://172.24.42.254:5050',
  bootFilePort: 8080,
  /** Of a real Ironic, on the loopback. */
  ironicPort: 6385,
  ironicUrl: 'http://127.0.0.1:6385',
} as const;

/** As many as have addresses for their BMCs below those of DHCP. */
export const mostMachines = 80;

/** What tells the machines of a lab apart; they count from 1. */
export interface NumberedParts {
  readonly mac: string;
  readonly tap: string;
  readonly bmcAddress: string;
  readonly serialNumber: string;
}

/** The parts of a machine by its number. */
export function numberedParts(number: number): NumberedParts {
  return {
    mac: `52:54:00:24:42:${number.toString(16).padStart(2, '0')}`,
    tap: `tap${number}`,
    bmcAddress: `172.24.42.${10 + number}`,
    serialNumber: `LAB-${number}`,
  };
}

/** Where the bare metal service of a lab is. */
export function bareMetalUrl({ ironic }: Pick<LabSettings, 'ironic'>): string {
  return ironic === 'real' ? labNetwork.ironicUrl : `${labNetwork.serviceUrl}/baremetal`;
}
