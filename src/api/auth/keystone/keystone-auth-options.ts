import { bool, choice, integer, list, type OptionsOf, optionGroup, text } from '../../../config/option.ts';
import { credentialSectionOptions } from '../../../keystone/client-options.ts';

const { timeout: _ofOtherClients, ...credentials } = credentialSectionOptions;

const tokenOptions = {
  memcached_servers: list({
    default: null,
    deprecatedNames: [{ name: 'memcache_servers' }],
    help: 'Without effect: good tokens are kept in the process.',
  }),
  token_cache_time: integer({
    default: 300,
    help: 'Seconds for which a good token is not asked about again; -1 for asking each time.',
  }),
  include_service_catalog: bool({
    default: true,
    help: 'Whether Keystone sends the catalogue with a token. Nothing here needs it: false saves traffic.',
  }),
  enforce_token_bind: text({
    default: 'permissive',
    help: 'What to do with tokens that are bound to something else: disabled, permissive, strict or required.',
  }),
  service_token_roles: list({
    default: ['service'],
    help: 'Roles of which a service needs one for its token to prolong the token of a user.',
  }),
  service_token_roles_required: bool({
    default: false,
    help: 'Whether a service token without such a role counts for nothing.',
  }),
  service_type: text({
    default: null,
    help: 'Type of this service in the catalogue, such as baremetal-introspection. Application credentials with access rules are refused unless it is set.',
  }),
};

/** `[keystone_authtoken]`: how tokens are checked, and the credentials for doing so. */
export const keystoneAuthOptions = optionGroup('keystone_authtoken', {
  www_authenticate_uri: text({
    default: null,
    deprecatedNames: [{ name: 'auth_uri' }],
    help: 'URL of Keystone that clients without a good token are told. Unset: auth_url.',
  }),
  auth_section: text({ default: null, help: 'Section to read credentials from, in place of this one.' }),
  ...credentials,
  interface: choice(['internal', 'public', 'admin'], {
    default: 'internal',
    help: "Interface of Keystone's endpoint.",
  }),
  region_name: text({ default: null, help: "Region of Keystone's endpoint; any unless set." }),
  http_connect_timeout: integer({
    default: null,
    min: 1,
    help: 'Seconds to wait for a connection to Keystone and for an answer. Unset: 10.',
  }),
  http_request_max_retries: integer({
    default: 3,
    min: 0,
    help: 'How often a request to Keystone is tried again when there is no answer.',
  }),
  ...tokenOptions,
});

export type KeystoneAuthOptions = OptionsOf<typeof keystoneAuthOptions.options>;
