import { readConfiguration } from '../../src/configuration.ts';
import type { FuzzTarget } from './fuzz-target.ts';

/** The text of a configuration file. */
export const configurationFiles: FuzzTarget = {
  name: 'configuration-files',
  words: [
    '[DEFAULT]\n',
    '[processing]\n',
    '[database]\n',
    '[pci_devices]\n',
    'alias = ',
    'debug = ',
    '$listen_address',
    '${',
    '%(',
    'add_ports = ',
    'log_file=',
    'cidr_map = ',
    'auth_section = ',
    '\n  ',
  ],
  seeds: [
    '[DEFAULT]\ndebug = true\nlisten_port = 5050\nlog_date_format = %Y\n# x\n[processing]\nadd_ports: all\nprocessing_hooks = $default_processing_hooks,lldp_basic\n',
    '[database]\nconnection = \'sqlite:////x$y\'\n[pci_devices]\nalias = {"a": 1}\nalias = {\n  "b": 2}\n[port_physnet]\ncidr_map = 192.0.2.0/24:a\n',
    '[ironic]\nauth_section = other\nauth_type = password\n[other]\nauth_url = http://x\nusername = $password\n[cors.a]\nallowed_origin = http://a\n',
  ],
  run(input) {
    readConfiguration({ files: [{ path: '/etc/x.conf', text: input.toString('latin1') }] });
  },
};
