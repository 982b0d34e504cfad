import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultsOf } from '../../src/config/option.ts';
import { mayChangeNetworks, privilegedRunner } from '../../src/host/privileged-command.ts';
import { silentLogger } from '../../src/logging/logger.ts';
import { dnsmasqDriver } from '../../src/pxe-filter/dnsmasq/dnsmasq-driver.ts';
import { dnsmasqOptions } from '../../src/pxe-filter/dnsmasq/dnsmasq-options.ts';
import type { FilterDriver } from '../../src/pxe-filter/filter-driver.ts';
import { iptablesDriver } from '../../src/pxe-filter/iptables/iptables-driver.ts';
import { iptablesOptions } from '../../src/pxe-filter/iptables/iptables-options.ts';
import { nftablesDriver } from '../../src/pxe-filter/nftables/nftables-driver.ts';
import { nftablesOptions } from '../../src/pxe-filter/nftables/nftables-options.ts';
import type { FilteredServer } from '../../testing/pxe-race/race-network.ts';

/** What is measured of ours. */
export const measuredFilters = ['nftables', 'iptables', 'dnsmasq hostsdir', 'dnsmasq hostsfile'] as const;
export type MeasuredFilter = (typeof measuredFilters)[number];

/** A driver of ours with its DHCP server. */
export interface OpenFilter {
  readonly server: FilteredServer;
  readonly driver: FilterDriver;
}

const run = privilegedRunner({
  rootwrapConfig: '/etc/ironic-inspector/rootwrap.conf',
  isEnough: mayChangeNetworks,
});
const log = silentLogger();

/** @param folder For its files. The interface of the DHCP server is br0. */
export function openFilter(name: MeasuredFilter, folder: string): OpenFilter {
  const pidFile = join(folder, 'dnsmasq.pid');
  const inKernel = { dnsmasqOptions: [], pidFile };
  if (name === 'nftables') {
    const options = defaultsOf(nftablesOptions);
    return { server: inKernel, driver: nftablesDriver(options, { run, log, usualInterface: 'br0' }) };
  }
  if (name === 'iptables') {
    const options = { ...defaultsOf(iptablesOptions), dnsmasq_interface: 'br0' };
    return { server: inKernel, driver: iptablesDriver(options, { run, log }) };
  }
  const layout = name === 'dnsmasq hostsdir' ? 'hostsdir' : 'hostsfile';
  const hosts = join(folder, layout);
  if (layout === 'hostsdir') mkdirSync(hosts);
  else writeFileSync(hosts, '*:*:*:*:*:*,ignore\n');
  const options = {
    ...defaultsOf(dnsmasqOptions),
    layout,
    dhcp_hostsdir: hosts,
    dhcp_hostsfile: hosts,
    dnsmasq_pid_file: pidFile,
  } as const;
  return {
    server: { dnsmasqOptions: [`--dhcp-${layout}=${hosts}`], pidFile },
    driver: dnsmasqDriver(options, { log, run }),
  };
}
