import { mkdirSync, writeFileSync } from 'node:fs';
import { dnsmasqSettings } from '../machine/network-boot.ts';
import type { LabFolder } from '../setup/lab-folder.ts';
import { labNetwork } from '../setup/lab-network.ts';
import type { LabSettings } from '../setup/lab-settings.ts';

/** Where machines fetch their boot files. */
export const bootFileUrl = `http://${labNetwork.address}:${labNetwork.bootFilePort}`;

/** Makes what the service looks for before dnsmasq is there: its log, and the folder of the filter driver dnsmasq. */
export function prepareDhcpServer(folder: LabFolder): void {
  mkdirSync(folder.dnsmasqHosts, { recursive: true });
  writeFileSync(folder.log('dnsmasq'), '');
}

/** Writes dnsmasq's configuration. @returns the command that starts it */
export function dhcpServer({ driver }: LabSettings, folder: LabFolder): string[] {
  const { bridge, range } = labNetwork;
  const settings = [
    ...dnsmasqSettings({ device: bridge, range, boot: { folder: folder.bootFiles, fetchUrl: bootFileUrl } }),
    `dhcp-leasefile=${folder.dnsmasqLeases}`,
    `pid-file=${folder.dnsmasqPid}`,
    `log-facility=${folder.log('dnsmasq')}`,
    'log-dhcp',
    // The folder of the lab is root's.
    'user=root',
    'group=root',
    ...(driver === 'dnsmasq' ? [`dhcp-hostsdir=${folder.dnsmasqHosts}`] : []),
  ];
  writeFileSync(folder.dnsmasqConfiguration, `${settings.join('\n')}\n`);
  return ['dnsmasq', '--keep-in-foreground', `--conf-file=${folder.dnsmasqConfiguration}`];
}
