import { bool, choice, float, integer, list, multi, text } from '../option.ts';
import { acceptedGroup, oldNames } from './accepted-group.ts';

/** Options of messaging between processes, RabbitMQ's excepted (oslo.messaging, oslo.metrics). */
export const messagingGroups = [
  acceptedGroup('DEFAULT', {
    rpc_ping_enabled: bool({
      default: false,
      help: 'Whether a conductor answers calls that only ask whether it is there.',
    }),
  }),
  acceptedGroup('oslo_messaging_notifications', {
    driver: multi({
      default: [],
      deprecatedNames: oldNames('DEFAULT.notification_driver'),
      help: 'How notifications are sent. May be repeated.',
    }),
    transport_url: text({
      default: null,
      secret: true,
      deprecatedNames: oldNames('DEFAULT.notification_transport_url'),
      help: "Broker of notifications. Unset: that of [DEFAULT]'s transport_url.",
    }),
    topics: list({
      default: ['notifications'],
      deprecatedNames: oldNames('rpc_notifier2.topics', 'DEFAULT.notification_topics'),
      help: 'Topics that notifications are sent to.',
    }),
    retry: integer({
      default: -1,
      help: 'How often to try to send a notification again; -1 for without limit.',
    }),
  }),
  acceptedGroup('oslo_messaging_metrics', {
    metrics_enabled: bool({ default: false, help: 'Whether figures about calls are collected.' }),
    metrics_buffer_size: integer({ default: 1000, help: 'How many figures wait to be sent at most.' }),
    metrics_socket_file: text({
      default: '/var/tmp/metrics_collector.sock',
      help: 'Unix socket that figures are sent to.',
    }),
    metrics_process_name: text({ default: '', help: 'What this process is called among the figures.' }),
    metrics_thread_stop_timeout: integer({
      default: 10,
      help: 'Seconds to wait at the end until figures are sent.',
    }),
  }),
  acceptedGroup('oslo_messaging_kafka', {
    kafka_max_fetch_bytes: integer({ default: 1_048_576, help: 'The most bytes that one fetch gets.' }),
    kafka_consumer_timeout: float({ default: 1, help: 'Seconds that a fetch waits for messages.' }),
    consumer_group: text({ default: 'oslo_messaging_consumer', help: 'The group of this consumer.' }),
    producer_batch_timeout: float({
      default: 0,
      help: 'Seconds that messages wait for others to join them.',
    }),
    producer_batch_size: integer({ default: 16_384, help: 'The most bytes that are sent together.' }),
    compression_codec: choice(['none', 'gzip', 'snappy', 'lz4', 'zstd'], {
      default: 'none',
      help: 'How messages are compressed.',
    }),
    enable_auto_commit: bool({ default: false, help: 'Whether messages are acknowledged by themselves.' }),
    max_poll_records: integer({ default: 500, help: 'The most messages of one fetch.' }),
    security_protocol: choice(['PLAINTEXT', 'SASL_PLAINTEXT', 'SSL', 'SASL_SSL'], {
      default: 'PLAINTEXT',
      help: 'How the broker is spoken to.',
    }),
    sasl_mechanism: text({ default: 'PLAIN', help: 'How to log in with SASL.' }),
    ssl_cafile: text({ default: '', help: 'PEM file of the authorities to trust.' }),
    ssl_client_cert_file: text({ default: '', help: 'PEM file of the client certificate.' }),
    ssl_client_key_file: text({ default: '', help: "PEM file of the certificate's key." }),
    ssl_client_key_password: text({ default: '', secret: true, help: 'Password of that key.' }),
  }),
];
