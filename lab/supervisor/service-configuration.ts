import type { LabFolder } from '../setup/lab-folder.ts';
import { labNetwork } from '../setup/lab-network.ts';
import type { LabSettings } from '../setup/lab-settings.ts';

/** What the API and conductors have between them where they are processes of their own. */
export interface SplitParts {
  /** `[database]connection`. */
  readonly connection: string;
  /** `[DEFAULT]transport_url`. */
  readonly transportUrl: string;
}

/** The configuration file of the lab's service. */
export function labServiceConfiguration(
  settings: LabSettings,
  folder: LabFolder,
  split?: SplitParts,
): string {
  const { address, serviceUrl, bridge } = labNetwork;
  const port = new URL(serviceUrl).port;
  return `# Written by the lab, and gone with it.

[DEFAULT]
listen_address = ${address}
listen_port = ${port}
auth_strategy = noauth
introspection_delay = 0
${split === undefined ? '' : `standalone = false\ntransport_url = ${escaped(split.transportUrl)}\n`}
[database]
connection = ${escaped(split?.connection ?? `sqlite:///${folder.serviceDatabase}`)}

${bareMetal(settings)}

[processing]
store_data = database
processing_hooks = $default_processing_hooks,lldp_basic,local_link_connection
power_off = true
${settings.discovery ? 'node_not_found_hook = enroll' : ''}

[discovery]
enroll_node_driver = fake-hardware

[pxe_filter]
driver = ${settings.driver}
deny_unknown_macs = ${settings.denyUnknownMacs}

[iptables]
dnsmasq_interface = ${bridge}

[dnsmasq_pxe_filter]
dhcp_hostsdir = ${escaped(folder.dnsmasqHosts)}
dnsmasq_pid_file = ${escaped(folder.dnsmasqPid)}

[boot_evidence]
dnsmasq_log = ${escaped(folder.log('dnsmasq'))}

${settings.options.map(optionLines).join('\n')}
`;
}

function bareMetal({ ironic }: LabSettings): string {
  if (ironic === 'registry') return '[bare_metal]\nservice = registry';
  return `[bare_metal]\nservice = ironic\n\n[ironic]\nauth_type = none\nendpoint_override = ${labNetwork.ironicUrl}`;
}

/** Of several sections with one name, the last value counts. */
function optionLines(option: string): string {
  const [, section, name, value] = /^([^.=]+)\.([^=]+)=(.*)$/s.exec(option) ?? [];
  return `[${section}]\n${name} = ${value}`;
}

/** A dollar would refer to another option. */
function escaped(text: string): string {
  return text.replaceAll('$', () => '$$');
}
