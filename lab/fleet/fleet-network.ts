import {
  addBridge,
  layCable,
  type NetworkNamespace,
  openNamespace,
} from '../../testing/network-namespace.ts';

/** Where things are in the network of a fleet, which is the same in every one: nobody else is in its namespaces. */
export const fleetNetwork = {
  bridge: 'br-fleet',
  /** Of the service, DHCP and TFTP. */
  address: '172.25.0.1',
  serviceUrl: 'http://172.25.0.1:5050',
  bootFile: 'tftp://172.25.0.1/boot.ipxe',
  /** Of the deployment's DHCP server, where there is one. */
  deployment: '172.25.0.3',
  /** Of all machines together: their other addresses are behind it. */
  machines: '172.25.0.2',
  prefixLength: 16,
  /** The machines' interface for frames; there are no other packets on it but broadcasts. */
  device: 'dhcp0',
  bmcs: '172.25.64.0/18',
  bmcPort: 8000,
  leases: '172.25.128.0/17',
  /** What the DHCP server of the service gives away, and what that of the deployment does. */
  range: ['172.25.128.1', '172.25.191.250'],
  deployed: '172.25.192.0',
} as const;

/** The address that the deployment gives a machine, by its number. */
export function deploymentAddress(number: number): string {
  return `172.25.${192 + ((number + 1) >> 8)}.${(number + 1) & 0xff}`;
}

/** The address of a machine's BMC, by its number. */
export function fleetBmcAddress(number: number): string {
  return `172.25.${64 + ((number + 1) >> 8)}.${(number + 1) & 0xff}`;
}

/** As many as have addresses for their BMCs, and some that are idle. */
export const mostFleetMachines = 16_000;

/** One for the service, one for the deployment's DHCP server, and one for all machines. */
export interface FleetNamespaces {
  readonly service: NetworkNamespace;
  readonly deployment: NetworkNamespace;
  readonly machines: NetworkNamespace;
  close(): void;
}

/**
 * Makes the network: a bridge, and two cables from it to the machines, one for what has an address and one for frames. Every
 * address of BMCs and leases is the machines' own, so that a thousand of them need no interface each; the service reaches
 * them by way of one neighbour, as the kernel knows 1,024 at most.
 */
export async function openFleetNamespaces(): Promise<FleetNamespaces> {
  const service = await openNamespace();
  const deployment = await openNamespace(service);
  const machines = await openNamespace(service);
  const { bridge, address, prefixLength, device, bmcs, leases } = fleetNetwork;
  addBridge({ at: service, name: bridge, address: `${address}/${prefixLength}` });
  const plug = { at: service, bridge };
  layCable(
    { ...plug, name: 'p0' },
    { at: machines, name: 'eth0', address: `${fleetNetwork.machines}/${prefixLength}` },
  );
  layCable({ ...plug, name: 'p1' }, { at: machines, name: device });
  layCable(
    { ...plug, name: 'p2' },
    { at: deployment, name: 'eth0', address: `${fleetNetwork.deployment}/${prefixLength}` },
  );
  for (const range of [bmcs, leases]) {
    service.run('ip', 'route', 'add', range, 'via', fleetNetwork.machines);
    machines.run('ip', 'route', 'add', 'local', range, 'dev', 'lo');
  }
  return {
    service,
    deployment,
    machines,
    close() {
      machines.close();
      deployment.close();
      service.close();
    },
  };
}
