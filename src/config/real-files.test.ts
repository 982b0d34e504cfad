import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { loadConfiguration } from './load-configuration.ts';
import { loggingOptions } from './logging-options.ts';
import {
  bool,
  choice,
  integer,
  list,
  map,
  multi,
  type OptionGroup,
  octal,
  optionGroup,
  port,
  text,
} from './option.ts';

const folder = new URL('../../../shared/data/conf/', import.meta.url);
const skip = existsSync(folder) ? false : 'the folder of real configuration files is not here';
const help = '';

/** The original's options of the sections that matter here, with its types and defaults. */
const groups = [
  loggingOptions,
  optionGroup('DEFAULT', {
    listen_address: text({ default: '::', help }),
    listen_port: port({ default: 5050, help }),
    listen_unix_socket: text({ default: null, help }),
    listen_unix_socket_mode: octal({ default: null, help }),
    host: text({ default: 'localhost', help }),
    auth_strategy: choice(['noauth', 'keystone', 'http_basic'], { default: 'keystone', help }),
    http_basic_auth_user_file: text({ default: '/etc/ironic-inspector/htpasswd', help }),
    timeout: integer({ default: 3600, max: 315576000, help }),
    clean_up_period: integer({ default: 60, min: 0, help }),
    leader_election_interval: integer({ default: 10, help }),
    use_ssl: bool({ default: false, help }),
    max_concurrency: integer({ default: 1000, min: 2, help }),
    introspection_delay: integer({ default: 5, help }),
    ipmi_address_fields: list({
      default: ['redfish_address', 'ilo_address', 'drac_host', 'drac_address', 'ibmc_address'],
      help,
    }),
    rootwrap_config: text({ default: '/etc/ironic-inspector/rootwrap.conf', help }),
    api_max_limit: integer({ default: 1000, min: 1, help }),
    can_manage_boot: bool({ default: true, help }),
    enable_mdns: bool({ default: false, help }),
    standalone: bool({ default: true, help }),
  }),
  optionGroup('capabilities', {
    boot_mode: bool({ default: false, help }),
    cpu_flags: map({ default: { vmx: 'cpu_vt' }, help }),
  }),
  optionGroup('discovery', {
    enroll_node_driver: text({ default: 'fake-hardware', help }),
    enroll_node_fields: map({ default: {}, help }),
    enabled_bmc_address_version: list({ default: ['4', '6'], help }),
  }),
  optionGroup('pci_devices', { alias: multi({ default: [], help }) }),
  optionGroup('processing', {
    add_ports: choice(['all', 'active', 'pxe', 'disabled'], { default: 'pxe', help }),
    keep_ports: choice(['all', 'present', 'added'], { default: 'all', help }),
    overwrite_existing: bool({ default: true, help }),
    default_processing_hooks: text({
      default: 'ramdisk_error,root_disk_selection,scheduler,validate_interfaces,capabilities,pci_devices',
      help,
    }),
    processing_hooks: text({ default: '$default_processing_hooks', help }),
    ramdisk_logs_dir: text({ default: null, help }),
    always_store_ramdisk_logs: bool({ default: false, help }),
    node_not_found_hook: text({ default: null, help }),
    store_data: text({ default: 'none', help }),
    disk_partitioning_spacing: bool({ default: true, help }),
    ramdisk_logs_filename_format: text({ default: '{uuid}_{dt:%Y%m%d-%H%M%S.%f}.tar.gz', help }),
    power_off: bool({ default: true, help }),
    permit_active_introspection: bool({ default: false, help }),
    update_pxe_enabled: bool({ default: true, help }),
  }),
  optionGroup('pxe_filter', {
    driver: text({ default: 'iptables', help }),
    sync_period: integer({ default: 15, min: 0, help }),
    deny_unknown_macs: bool({ default: false, help }),
  }),
  optionGroup('database', {
    connection: text({ default: 'sqlite:///ironic_inspector.sqlite', secret: true, help }),
    connection_recycle_time: integer({ default: 3600, help }),
    max_pool_size: integer({ default: 5, help }),
    max_overflow: integer({ default: 50, help }),
    pool_timeout: integer({ default: null, help }),
  }),
];

/** Sections whose options `expected-options.json` is complete for. */
const compared = ['DEFAULT', 'capabilities', 'discovery', 'pci_devices', 'processing', 'pxe_filter'];

interface Expected {
  readonly files: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function valuesOf(files: { path: string; text: string }[]): Map<string, unknown> {
  const loaded = loadConfiguration(groups, { files });
  const values = new Map<string, unknown>();
  for (const group of groups) {
    if (group === loggingOptions || !compared.includes(group.group)) continue;
    for (const [name, value] of Object.entries(loaded.get(group as OptionGroup)))
      values.set(`${group.group}.${name}`, value);
  }
  return values;
}

describe('configuration files of real deployments', { skip }, () => {
  const names = skip === false ? readdirSync(folder).filter((name) => name.endsWith('.conf')) : [];
  const read = (name: string) => ({ path: name, text: readFileSync(new URL(name, folder), 'utf8') });

  for (const name of names) {
    it(`${name} gives the values that the original reads`, () => {
      const { files }: Expected = JSON.parse(readFileSync(new URL('expected-options.json', folder), 'utf8'));
      const expected = valuesOf([]);
      for (const [option, value] of Object.entries(files[name] ?? {})) {
        if (expected.has(option)) expected.set(option, value);
      }

      const values = valuesOf([read(name)]);

      assert.deepEqual(Object.fromEntries(values), Object.fromEntries(expected));
    });
  }

  it('are made of known options, but for a few that are older or of somebody else', () => {
    const warnings = names.flatMap((name) => loadConfiguration(groups, { files: [read(name)] }).warnings);
    const unknown = warnings.filter((warning) => warning.includes('unknown'));

    assert.ok(warnings.length > 150);
    assert.deepEqual(
      unknown.map((warning) => warning.replace(/^\S+ /, '').replace(/, it is ignored.*/, '')).toSorted(),
      [
        "unknown option 'enable_setting_ipmi_credentials' of [processing]",
        "unknown option 'os_auth_url' of [ironic]",
        "unknown option 'os_auth_url' of [swift]",
        "unknown option 'os_password' of [ironic]",
        "unknown option 'os_tenant_name' of [ironic]",
        "unknown option 'os_username' of [ironic]",
        "unknown option 'pool_max_size' of [oslo_messaging_rabbit]",
        "unknown option 'state_path' of [DEFAULT]",
        "unknown option 'store_data_location' of [processing]",
        "unknown section 'firewall'",
        "unknown section 'firewall'",
      ],
    );
  });
});
