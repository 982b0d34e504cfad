import { bool, choice, integer, optionGroup, text } from '../../config/option.ts';

/** `[oslo_messaging_rabbit]`, with the original's names and defaults; also parameters of `transport_url`. */
export const rabbitOptions = optionGroup('oslo_messaging_rabbit', {
  amqp_durable_queues: bool({
    default: false,
    help: 'Whether the exchange outlives a restart of the broker. Queues of calls never do.',
  }),
  amqp_auto_delete: bool({
    default: false,
    deprecatedNames: [{ group: 'DEFAULT', name: 'amqp_auto_delete' }],
    help: 'Whether the exchange goes with its last queue.',
  }),
  ssl: bool({
    default: false,
    deprecatedNames: [{ name: 'rabbit_use_ssl' }],
    help: 'Whether the broker is spoken to over TLS. Its certificate and its name are checked.',
  }),
  ssl_version: text({
    default: '',
    deprecatedNames: [{ name: 'kombu_ssl_version' }],
    help: 'The version of TLS to speak: TLSv1_2, TLSv1_3. Empty: the newest that both have.',
  }),
  ssl_key_file: text({
    default: '',
    deprecatedNames: [{ name: 'kombu_ssl_keyfile' }],
    help: "PEM file of the client certificate's key.",
  }),
  ssl_cert_file: text({
    default: '',
    deprecatedNames: [{ name: 'kombu_ssl_certfile' }],
    help: 'PEM file of the client certificate.',
  }),
  ssl_ca_file: text({
    default: '',
    deprecatedNames: [{ name: 'kombu_ssl_ca_certs' }],
    help: 'PEM file of the authorities to trust. Empty: those that the program comes with.',
  }),
  heartbeat_timeout_threshold: integer({
    default: 60,
    min: 0,
    help: 'Seconds without a heartbeat after which the broker counts as gone; 0 for no heartbeats.',
  }),
  kombu_failover_strategy: choice(['round-robin', 'shuffle'], {
    default: 'round-robin',
    help: 'Which broker comes next when one cannot be reached.',
  }),
  rabbit_retry_interval: integer({
    default: 1,
    min: 1,
    help: 'Seconds at least between two tries to connect.',
  }),
  rabbit_interval_max: integer({
    default: 30,
    min: 1,
    help: 'Seconds between two tries at most.',
  }),
  rabbit_qos_prefetch_count: integer({
    default: 0,
    min: 0,
    max: 65_535,
    help: 'How many messages may be under way to a conductor; 0 for as many as it works on at once.',
  }),
});
