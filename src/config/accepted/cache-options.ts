import { bool, float, integer, list, multi, text } from '../option.ts';
import { acceptedGroup } from './accepted-group.ts';

/** Options of oslo.cache, which the original registers and does not use. */
export const cacheGroups = [
  acceptedGroup('cache', {
    config_prefix: text({ default: 'cache.oslo', help: 'What names of settings of the cache begin with.' }),
    expiration_time: integer({ default: 600, help: 'Seconds for which an entry is good.' }),
    backend_expiration_time: integer({ default: null, help: 'Seconds after which an entry is deleted.' }),
    backend: text({ default: 'dogpile.cache.null', help: 'The kind of cache.' }),
    backend_argument: multi({
      default: [],
      secret: true,
      help: 'A setting of the kind of cache, as name:value. May be repeated.',
    }),
    proxies: list({ default: [], help: 'What stands between the service and the cache.' }),
    enabled: bool({ default: false, help: 'Whether anything is cached.' }),
    debug_cache_backend: bool({ default: false, help: 'Whether each use of the cache is logged.' }),
    memcache_servers: list({ default: ['localhost:11211'], help: 'Servers of memcached, as host:port.' }),
    memcache_dead_retry: integer({
      default: 300,
      help: 'Seconds for which a server that failed is left alone.',
    }),
    memcache_socket_timeout: float({ default: 1, help: 'Seconds to wait for a server.' }),
    memcache_pool_maxsize: integer({ default: 10, help: 'The most connections to each server.' }),
    memcache_pool_unused_timeout: integer({
      default: 60,
      help: 'Seconds without use after which a connection is closed.',
    }),
    memcache_pool_connection_get_timeout: integer({
      default: 10,
      help: 'Seconds to wait for a free connection.',
    }),
    memcache_pool_flush_on_reconnect: bool({
      default: false,
      help: 'Whether the cache is emptied after a reconnect.',
    }),
    memcache_sasl_enabled: bool({ default: false, help: 'Whether to log in at memcached.' }),
    memcache_username: text({ default: null, help: 'The user to log in as.' }),
    memcache_password: text({ default: null, secret: true, help: "That user's password." }),
    redis_server: text({ default: 'localhost:6379', help: 'Server of Redis, as host:port.' }),
    redis_db: integer({ default: 0, min: 0, help: 'Number of the database in Redis.' }),
    redis_username: text({ default: null, help: 'The user of Redis.' }),
    redis_password: text({ default: null, secret: true, help: "That user's password." }),
    redis_sentinels: list({ default: ['localhost:26379'], help: 'Sentinels of Redis, as host:port.' }),
    redis_socket_timeout: float({ default: 1, help: 'Seconds to wait for Redis.' }),
    redis_sentinel_service_name: text({
      default: 'mymaster',
      help: 'What the sentinels call the service.',
    }),
    tls_enabled: bool({ default: false, help: 'Whether the server is spoken to over TLS.' }),
    tls_cafile: text({ default: null, help: 'PEM file of the authorities to trust.' }),
    tls_certfile: text({ default: null, help: 'PEM file of the client certificate.' }),
    tls_keyfile: text({ default: null, help: "PEM file of the certificate's key." }),
    tls_allowed_ciphers: text({ default: null, help: 'Ciphers to accept.' }),
    enable_socket_keepalive: bool({ default: false, help: 'Whether connections are kept alive.' }),
    socket_keepalive_idle: integer({ default: 1, min: 0, help: 'Seconds without traffic before a probe.' }),
    socket_keepalive_interval: integer({ default: 1, min: 0, help: 'Seconds between two probes.' }),
    socket_keepalive_count: integer({
      default: 1,
      min: 0,
      help: 'How many probes without an answer end a connection.',
    }),
    enable_retry_client: bool({ default: false, help: 'Whether failed requests are tried again.' }),
    retry_attempts: integer({ default: 2, min: 1, help: 'How often a request is tried.' }),
    retry_delay: float({ default: 0, help: 'Seconds between two tries.' }),
    hashclient_retry_attempts: integer({
      default: 2,
      min: 1,
      help: 'How often a server is tried before another one is taken.',
    }),
    hashclient_retry_delay: float({ default: 1, help: 'Seconds between two tries.' }),
    dead_timeout: float({ default: 60, help: 'Seconds after which such a server is tried again.' }),
    enforce_fips_mode: bool({
      default: false,
      help: 'Whether OpenSSL is held to the algorithms of FIPS.',
    }),
  }),
];
