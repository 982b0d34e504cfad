import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FleetMachine } from './fleet-machine.ts';
import { deploymentAddress } from './fleet-network.ts';

/** The DHCP server of the deployment, beside that of the service on the same network. */
export interface DeploymentDhcp {
  readonly address: string;
  /** Has it answer a machine from now on: what Ironic and Neutron do when a machine is deployed. */
  answer(machine: Pick<FleetMachine, 'cards' | 'number'>): void;
}

/**
 * The words that start it: a dnsmasq that answers those it is told of and nobody else.
 *
 * @param hosts Folder of its `dhcp-hostsdir`
 * @param network Of the addresses that it gives away
 */
export function deploymentDhcpCommand(device: string, hosts: string, network: string): string[] {
  return [
    'dnsmasq',
    '--no-daemon',
    '--conf-file=/dev/null',
    '--port=0',
    '--no-ping',
    '--leasefile-ro',
    '--dhcp-lease-max=30000',
    `--interface=${device}`,
    `--dhcp-range=${network},static,1h`,
    '--dhcp-ignore=tag:!known',
    `--dhcp-hostsdir=${hosts}`,
  ];
}

/** The server at this address that reads this folder. */
export function deploymentDhcp({ address, hosts }: { address: string; hosts: string }): DeploymentDhcp {
  return {
    address,
    answer({ cards: [mac], number }) {
      // Each has an address of its own, as Neutron gives it, since dnsmasq offers one of a range to several at once.
      writeFileSync(join(hosts, mac), `${mac},${deploymentAddress(number)}\n`);
    },
  };
}
