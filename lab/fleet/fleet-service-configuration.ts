import { join } from 'node:path';
import type { LabSettings } from '../setup/lab-settings.ts';
import { fleetNetwork } from './fleet-network.ts';

/** What the site of a fleet is made of. */
export interface SiteSettings {
  readonly driver: LabSettings['driver'];
  /** Seconds after which introspections time out. */
  readonly timeout: number;
  /** How many machines a bulk run lets boot at once. */
  readonly bootLimit: number;
  /** Whether the deployment has a DHCP server on the same network. */
  readonly secondDhcp?: boolean;
}

/** Seconds between two looks of the service for introspections that have timed out. */
export const cleanUpPeriod = 2;

/** The configuration file of a fleet's service. */
export function fleetServiceConfiguration(
  folder: string,
  { driver, timeout, bootLimit, secondDhcp = false }: SiteSettings,
): string {
  // A dollar would refer to another option.
  const at = (name: string) => join(folder, name).replaceAll('$', () => '$$');
  const { address, serviceUrl, bridge } = fleetNetwork;
  return `[DEFAULT]
listen_address = ${address}
listen_port = ${new URL(serviceUrl).port}
auth_strategy = noauth
introspection_delay = 0
timeout = ${timeout}
clean_up_period = ${cleanUpPeriod}

[bare_metal]
service = registry

[database]
connection = sqlite:///${at('service.sqlite')}

[processing]
processing_hooks = $default_processing_hooks,lldp_basic,local_link_connection
add_ports = all
store_data = database
power_off = true

[bulk]
boot_limit = ${bootLimit}

[pxe_filter]
driver = ${driver}
sync_period = ${secondDhcp ? 3 : 15}

[iptables]
dnsmasq_interface = ${bridge}

[dnsmasq_pxe_filter]
dhcp_hostsdir = ${at('hosts')}
dnsmasq_pid_file = ${at('dnsmasq.pid')}

[boot_evidence]
dnsmasq_log = ${at('dnsmasq.log')}
`;
}
