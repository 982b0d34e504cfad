import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The DHCP server of the deployment, beside that of the service on the same network. */
export interface DeploymentDhcp {
  readonly address: string;
  /** Has it answer a machine, or not: what Ironic and Neutron do when a machine is deployed. */
  answers(mac: string, isAnswered: boolean): void;
}

/**
 * The words that start it: a dnsmasq that answers those it is told of and nobody else.
 *
 * @param hosts Folder of its `dhcp-hostsdir`
 * @param range First and last address that it gives away
 */
export function deploymentDhcpCommand(device: string, hosts: string, range: readonly string[]): string[] {
  return [
    'dnsmasq',
    '--no-daemon',
    '--conf-file=/dev/null',
    '--port=0',
    '--no-ping',
    '--leasefile-ro',
    '--dhcp-lease-max=30000',
    `--interface=${device}`,
    `--dhcp-range=${range.join(',')},1h`,
    '--dhcp-ignore=tag:!known',
    `--dhcp-hostsdir=${hosts}`,
  ];
}

/** The server at this address that reads this folder. */
export function deploymentDhcp({ address, hosts }: { address: string; hosts: string }): DeploymentDhcp {
  return {
    address,
    // It keeps what a file said when that is gone, so nobody is taken out but by another word.
    answers(mac, isAnswered) {
      writeFileSync(join(hosts, mac), isAnswered ? `${mac}\n` : `${mac},ignore\n`);
    },
  };
}
