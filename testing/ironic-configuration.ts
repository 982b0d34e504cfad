/** A hardware type of Ironic whose nodes have a BMC. */
export type BmcHardware = 'redfish' | 'ipmi';

/** What differs from one test to another. */
export interface PrivateIronicOptions {
  /** The service that its `inspector` interface asks. */
  readonly inspector: string;
  /** Hardware types with BMCs, besides `fake-hardware`. */
  readonly hardware?: readonly BmcHardware[];
  /** Entries of a page at most. */
  readonly maxLimit?: number;
  /** Where it listens; a free port unless given. */
  readonly port?: number;
  /** Seconds that a BMC may take by IPMI; 1 unless given. */
  readonly ipmiPatience?: number;
  /** Whom it asks who somebody is; without it, everybody may do everything. */
  readonly keystone?: IronicKeystone;
}

/** A Keystone with the user `admin`, password `secret`, who is an administrator of the system. */
export interface IronicKeystone {
  /** Ends in `/v3`. Its catalogue says where the introspection service is. */
  readonly url: string;
  /** A token of that user, for `ask`. */
  token(): Promise<string>;
}

/** What the management and the power interface of a hardware type are called. */
const bmcInterface = { redfish: 'redfish', ipmi: 'ipmitool' } as const;

/**
 * The text of `ironic.conf`. Small and quick: nothing is deployed, BMCs are asked as often as may be, and the nodes
 * of `fake-hardware` have none.
 *
 * @param folder With the folders `state`, `http`, `tftp` and `images`.
 */
export function ironicConfiguration(
  folder: string,
  port: number,
  { inspector, hardware = [], maxLimit = 1000, ipmiPatience = 1, keystone }: PrivateIronicOptions,
): string {
  const withFake = (names: readonly string[]) => ['fake', ...names].join(',');
  // These types boot and deploy by real interfaces alone, which are not put to use.
  const [boot, deploy] = hardware.length === 0 ? [[], []] : [['pxe'], ['direct']];
  const bmcs = withFake(hardware.map((type) => bmcInterface[type]));
  return `[DEFAULT]
auth_strategy = ${keystone === undefined ? 'noauth' : 'keystone'}
host = private-ironic
my_ip = 127.0.0.1
rpc_transport = none
transport_url = fake://
state_path = ${folder}/state
tempdir = ${folder}/state
minimum_memory_warning_only = true
enabled_hardware_types = ${['fake-hardware', ...hardware].join(',')}
enabled_bios_interfaces = no-bios
enabled_boot_interfaces = ${withFake(boot)}
enabled_console_interfaces = no-console
enabled_deploy_interfaces = ${withFake(deploy)}
enabled_inspect_interfaces = inspector,no-inspect
enabled_management_interfaces = ${bmcs}
enabled_network_interfaces = noop
enabled_power_interfaces = ${bmcs}
enabled_raid_interfaces = no-raid
enabled_rescue_interfaces = no-rescue
enabled_storage_interfaces = noop
enabled_vendor_interfaces = no-vendor
default_inspect_interface = inspector
default_network_interface = noop
[api]
host_ip = 127.0.0.1
port = ${port}
max_limit = ${maxLimit}
api_workers = 1
[conductor]
sync_power_state_interval = -1
sync_local_state_interval = 3600
heartbeat_interval = 10
check_provision_state_interval = 1
check_rescue_state_interval = 3600
automated_clean = false
node_locked_retry_attempts = 1
[database]
connection = sqlite:///${folder}/ironic.sqlite
sqlite_synchronous = false
[deploy]
http_root = ${folder}/http
[dhcp]
dhcp_provider = none
[inspector]
${keystone === undefined ? `auth_type = none\nendpoint_override = ${inspector}` : credentials(keystone)}
status_check_period = 1
${keystone === undefined ? '' : `[keystone_authtoken]\n${credentials(keystone)}\ntoken_cache_time = 1`}
[ipmi]
min_command_interval = 1
command_retry_timeout = ${ipmiPatience}
[oslo_messaging_notifications]
driver = noop
[pxe]
tftp_root = ${folder}/tftp
tftp_master_path = ${folder}/tftp/master
images_path = ${folder}/images
instance_master_path = ${folder}/images/master
[service_catalog]
auth_type = none
endpoint_override = http://127.0.0.1:${port}
`;
}

/** For clients, and for the middleware that asks Keystone about tokens. */
function credentials({ url }: IronicKeystone): string {
  return `auth_type = password
auth_url = ${url}
www_authenticate_uri = ${url}
username = admin
password = secret
user_domain_name = Default
system_scope = all`;
}
