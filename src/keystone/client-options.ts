import { bool, float, integer, list, type OptionsOf, text } from '../config/option.ts';

/** What keystoneauth's loaders register for a section that is about a client, as far as this service reads it. */
const credentialOptions = {
  auth_type: text({
    default: 'password',
    deprecatedNames: [{ name: 'auth_plugin' }],
    help: 'How to authenticate: password, v3password, v3applicationcredential, token, v3token, admin_token, http_basic or none.',
  }),
  auth_url: text({ default: null, help: 'URL of Keystone, such as http://keystone:5000/v3.' }),
  username: text({
    default: null,
    deprecatedNames: [{ name: 'user_name' }, { name: 'user-name' }],
    help: 'Name of the user.',
  }),
  user_id: text({ default: null, help: 'ID of the user, in place of the name.' }),
  password: text({ default: null, secret: true, help: 'Password of the user.' }),
  user_domain_id: text({ default: null, help: "ID of the user's domain." }),
  user_domain_name: text({ default: null, help: "Name of the user's domain." }),
  project_id: text({
    default: null,
    deprecatedNames: [{ name: 'tenant_id' }, { name: 'tenant-id' }],
    help: 'ID of the project to work in.',
  }),
  project_name: text({
    default: null,
    deprecatedNames: [{ name: 'tenant_name' }, { name: 'tenant-name' }],
    help: 'Name of the project to work in.',
  }),
  project_domain_id: text({ default: null, help: "ID of the project's domain." }),
  project_domain_name: text({ default: null, help: "Name of the project's domain." }),
  default_domain_id: text({
    default: null,
    help: 'ID of the domain of user and project, where they have none.',
  }),
  default_domain_name: text({
    default: null,
    help: 'Name of the domain of user and project, where they have none.',
  }),
  domain_id: text({ default: null, help: 'ID of the domain to work in, in place of a project.' }),
  domain_name: text({ default: null, help: 'Name of the domain to work in, in place of a project.' }),
  system_scope: text({ default: null, help: 'all: work on the whole system, in place of a project.' }),
  trust_id: text({ default: null, help: 'ID of the trust to work under.' }),
  application_credential_id: text({ default: null, help: 'ID of the application credential.' }),
  application_credential_name: text({
    default: null,
    help: 'Name of the application credential; needs the user, too.',
  }),
  application_credential_secret: text({
    default: null,
    secret: true,
    help: 'Secret of the application credential.',
  }),
  token: text({ default: null, secret: true, help: 'Token for auth_type token, v3token and admin_token.' }),
  endpoint: text({
    default: null,
    help: 'Endpoint of the service, for auth_type none, http_basic and admin_token.',
  }),
};

const connectionOptions = {
  cafile: text({ default: null, help: 'PEM file of the authorities to trust.' }),
  certfile: text({ default: null, help: 'PEM file of the client certificate.' }),
  keyfile: text({ default: null, help: 'PEM file of its key.' }),
  insecure: bool({ default: false, help: 'Whether to take any certificate.' }),
  timeout: integer({
    default: null,
    help: 'Seconds to wait for a connection, for the beginning of an answer and for the next piece of it; three times as many for all of it. Unset: 60.',
  }),
};

const retryOptions = {
  connect_retries: integer({
    default: null,
    help: 'How often a request is tried again when the connection fails. Unset: once.',
  }),
  connect_retry_delay: float({
    default: null,
    help: 'Seconds between two such tries. Unset: half a second, doubling up to a minute.',
  }),
  status_code_retries: integer({
    default: null,
    help: 'How often a request is tried again after an answer of retriable_status_codes. Unset: not at all.',
  }),
  status_code_retry_delay: float({
    default: null,
    help: 'Seconds between two such tries, unless the answer says. Unset: half a second, doubling up to a minute.',
  }),
  retriable_status_codes: list({
    default: null,
    help: 'HTTP codes after which a request is tried again. Unset: 503, and for Ironic 409.',
  }),
};

/** The options of a section about the client of a service; `serviceType` is that of the catalogue. */
export function clientOptions(serviceType: string) {
  return {
    auth_section: text({
      default: null,
      help: 'Section to read authentication and TLS options from, in place of this one.',
    }),
    ...credentialOptions,
    ...connectionOptions,
    ...retryOptions,
    service_type: text({ default: serviceType, help: 'Type of the service in the catalogue.' }),
    service_name: text({ default: null, help: 'Name of the service in the catalogue; any unless set.' }),
    region_name: text({ default: null, help: 'Region of the endpoint; any unless set.' }),
    valid_interfaces: list({
      default: ['internal', 'public'],
      help: 'Interfaces of the endpoint in order of preference: internal, public, admin.',
    }),
    interface: text({ default: null, help: 'One interface; valid_interfaces is the newer option.' }),
    endpoint_override: text({
      default: null,
      help: 'URL of the service, in place of the one in the catalogue. May hold %(project_id)s.',
    }),
  } as const;
}

/** The values of such a section. */
export type ClientSettings = OptionsOf<ReturnType<typeof clientOptions>>;

/** The options of a section that another one names in `auth_section`. */
export const credentialSectionOptions = { ...credentialOptions, ...connectionOptions } as const;

/** The values of such a section. */
export type CredentialSettings = OptionsOf<typeof credentialSectionOptions>;
