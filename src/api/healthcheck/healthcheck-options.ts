import { bool, list, type OptionsOf, optionGroup, text } from '../../config/option.ts';

/** A path that tells load balancers whether to send requests here. */
export const healthcheckOptions = optionGroup('healthcheck', {
  enabled: bool({ default: false, help: 'Whether the path of the health check is there.' }),
  path: text({ default: '/healthcheck', help: 'The path that is answered; no other one is.' }),
  detailed: bool({
    default: false,
    help: 'Whether JSON and HTML tell paths of files, versions and memory in use. They are told to everybody who may ask.',
  }),
  backends: list({
    default: [],
    help: 'What is checked: disable_by_file, disable_by_files_ports, enable_by_files, pxe_filter (unhealthy while the PXE filter of this process is degraded). Nothing: the service is healthy while it answers.',
  }),
  allowed_source_ranges: list({
    default: [],
    help: 'Networks, such as 192.0.2.0/24, whose machines may ask; all when empty. For others there is no such path.',
  }),
  ignore_proxied_requests: bool({
    default: false,
    help: 'Whether the path is not there for requests that came through a proxy (X-Forwarded-* headers).',
  }),
  disable_by_file_path: text({
    default: null,
    help: 'For disable_by_file: while this file exists the service is unhealthy.',
  }),
  disable_by_file_paths: list({
    default: [],
    help: 'For disable_by_files_ports: items port:path. While the file of the port that was asked on exists, the service is unhealthy.',
  }),
  enable_by_file_paths: list({
    default: [],
    help: 'For enable_by_files: while one of these files is missing the service is unhealthy.',
  }),
});

export type HealthcheckOptions = OptionsOf<typeof healthcheckOptions.options>;
