import type { LoadedConfiguration } from '../../../config/load-configuration.ts';
import { type ClientSettings, credentialSectionOptions } from '../../../keystone/client-options.ts';
import { type KeystoneAuthOptions, keystoneAuthOptions } from './keystone-auth-options.ts';

/** Seconds, where `http_connect_timeout` is unset: clients wait as long. */
const defaultTimeout = 10;

/** `[keystone_authtoken]` as settings of a client of Keystone. TLS files are its own, whatever `auth_section` says. */
export function keystoneSettings(config: Pick<LoadedConfiguration, 'get' | 'getIn'>): ClientSettings {
  const own = config.get(keystoneAuthOptions);
  const other = own.auth_section ? config.getIn(own.auth_section, credentialSectionOptions) : {};
  const { cafile, certfile, keyfile, insecure } = own;
  return { ...own, ...other, cafile, certfile, keyfile, insecure, ...connection(own) };
}

function connection(own: KeystoneAuthOptions) {
  return {
    timeout: own.http_connect_timeout ?? defaultTimeout,
    connect_retries: own.http_request_max_retries,
    connect_retry_delay: null,
    status_code_retries: null,
    status_code_retry_delay: null,
    retriable_status_codes: null,
    service_type: 'identity',
    service_name: null,
    region_name: own.region_name,
    valid_interfaces: [own.interface],
    interface: null,
    endpoint_override: null,
  };
}
