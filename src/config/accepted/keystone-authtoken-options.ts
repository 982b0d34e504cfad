import { bool, choice, integer, port, text } from '../option.ts';
import { acceptedGroup } from './accepted-group.ts';

const ancient = 'Credentials are given by auth_type and the options that belong to it.';

/** Options of the check of tokens (keystonemiddleware), but for the credentials. */
export const keystoneAuthtokenGroups = [
  acceptedGroup('keystone_authtoken', {
    auth_version: text({ default: null, help: "Version of Keystone's API. Unset: the newest." }),
    delay_auth_decision: bool({
      default: false,
      help: 'Whether requests without a good token go on. The service always lets them, and decides by policy.',
    }),
    cache: text({ default: null, help: "Name of a cache in a server's environment, for Python only." }),
    memcache_security_strategy: choice(['None', 'MAC', 'ENCRYPT'], {
      default: 'None',
      ignoreCase: true,
      help: 'Whether tokens in these servers are signed (MAC), or signed and encrypted (ENCRYPT).',
    }),
    memcache_secret_key: text({ default: null, secret: true, help: 'The key for that.' }),
    memcache_tls_enabled: bool({ default: false, help: 'Whether these servers are spoken to over TLS.' }),
    memcache_tls_cafile: text({ default: null, help: 'PEM file of the authorities to trust there.' }),
    memcache_tls_certfile: text({ default: null, help: 'PEM file of the client certificate for them.' }),
    memcache_tls_keyfile: text({ default: null, help: "PEM file of the certificate's key." }),
    memcache_tls_allowed_ciphers: text({ default: null, help: 'Ciphers to accept there.' }),
    memcache_pool_dead_retry: integer({
      default: 300,
      help: 'Seconds for which a server that failed is left alone.',
    }),
    memcache_pool_maxsize: integer({ default: 10, help: 'The most connections to each server.' }),
    memcache_pool_socket_timeout: integer({ default: 3, help: 'Seconds to wait for a server.' }),
    memcache_pool_unused_timeout: integer({
      default: 60,
      help: 'Seconds without use after which a connection is closed.',
    }),
    memcache_pool_conn_get_timeout: integer({ default: 10, help: 'Seconds to wait for a free connection.' }),
    memcache_use_advanced_pool: bool({ default: true, help: 'Whether connections are shared.' }),
    memcache_sasl_enabled: bool({ default: false, help: 'Whether to log in at these servers.' }),
    memcache_username: text({ default: '', help: 'The user to log in as.' }),
    memcache_password: text({ default: '', secret: true, help: "That user's password." }),
    auth_host: text({ default: '127.0.0.1', deprecatedForRemoval: ancient, help: "Keystone's host." }),
    auth_port: port({ default: 35357, deprecatedForRemoval: ancient, help: "Keystone's port." }),
    auth_protocol: choice(['http', 'https'], {
      default: 'https',
      deprecatedForRemoval: ancient,
      help: 'How Keystone is spoken to.',
    }),
    auth_admin_prefix: text({
      default: '',
      deprecatedForRemoval: ancient,
      help: 'What the paths at Keystone begin with.',
    }),
    identity_uri: text({
      default: null,
      deprecatedForRemoval: ancient,
      help: 'URL of Keystone, in place of the four options before.',
    }),
    admin_token: text({
      default: null,
      secret: true,
      deprecatedForRemoval: ancient,
      help: 'A token that is good for everything.',
    }),
    admin_user: text({ default: null, deprecatedForRemoval: ancient, help: 'Name of the user.' }),
    admin_password: text({
      default: null,
      secret: true,
      deprecatedForRemoval: ancient,
      help: 'Password of the user.',
    }),
    admin_tenant_name: text({
      default: 'admin',
      deprecatedForRemoval: ancient,
      help: 'Name of the project to work in.',
    }),
  }),
];
