import { hostname } from 'node:os';
import { bool, choice, float, integer, text } from '../option.ts';
import { acceptedGroup, oldNames } from './accepted-group.ts';

/** Options of RabbitMQ (oslo.messaging). */
export const rabbitGroups = [
  acceptedGroup('oslo_messaging_rabbit', {
    rpc_conn_pool_size: integer({
      default: 30,
      min: 1,
      deprecatedNames: oldNames('DEFAULT.rpc_conn_pool_size'),
      help: 'The most connections to the broker.',
    }),
    conn_pool_min_size: integer({
      default: 2,
      deprecatedNames: oldNames('DEFAULT.conn_pool_min_size'),
      help: 'How many connections are kept open while nothing uses them.',
    }),
    conn_pool_ttl: integer({
      default: 1200,
      deprecatedNames: oldNames('DEFAULT.conn_pool_ttl'),
      help: 'Seconds without use after which a connection beyond those is closed.',
    }),
    ssl_enforce_fips_mode: bool({
      default: false,
      help: 'Whether OpenSSL is held to the algorithms of FIPS, and a system without them is refused.',
    }),
    heartbeat_in_pthread: bool({
      default: false,
      deprecatedForRemoval: 'It is about threads of Python.',
      help: 'Whether heartbeats are sent by a thread of their own.',
    }),
    heartbeat_rate: integer({
      default: 3,
      help: 'How often within that time the heartbeat is looked for.',
    }),
    kombu_reconnect_delay: float({
      default: 1,
      min: 0,
      max: 4.5,
      deprecatedNames: oldNames('DEFAULT.kombu_reconnect_delay'),
      help: 'Seconds before a lost connection is opened again.',
    }),
    kombu_reconnect_splay: float({
      default: 0,
      min: 0,
      help: 'Seconds at most that are added to that at random.',
    }),
    kombu_compression: text({ default: null, help: 'How messages are compressed: gzip or bz2. Unset: not.' }),
    kombu_missing_consumer_retry_timeout: integer({
      default: 60,
      deprecatedNames: oldNames('.kombu_reconnect_timeout'),
      help: 'Seconds to wait for the queue of a client before its answer is dropped.',
    }),
    rabbit_login_method: choice(['PLAIN', 'AMQPLAIN', 'EXTERNAL', 'RABBIT-CR-DEMO'], {
      default: 'AMQPLAIN',
      deprecatedNames: oldNames('DEFAULT.rabbit_login_method'),
      help: 'How to log in at the broker.',
    }),
    rabbit_retry_backoff: integer({
      default: 2,
      deprecatedNames: oldNames('DEFAULT.rabbit_retry_backoff'),
      help: 'Seconds by which that time grows with each try.',
    }),
    rabbit_ha_queues: bool({
      default: false,
      deprecatedNames: oldNames('DEFAULT.rabbit_ha_queues'),
      help: 'Whether queues are mirrored to all brokers, as versions of RabbitMQ before 3.0 need it.',
    }),
    rabbit_quorum_queue: bool({ default: false, help: 'Whether lasting queues are of the type quorum.' }),
    rabbit_transient_quorum_queue: bool({
      default: false,
      help: 'Whether queues for answers and for calls to everybody are of the type quorum, too.',
    }),
    rabbit_quorum_delivery_limit: integer({
      default: 0,
      help: 'How often a message of a quorum queue is delivered at most; 0 for no limit.',
    }),
    rabbit_quorum_max_memory_length: integer({
      default: 0,
      deprecatedNames: oldNames('.rabbit_quroum_max_memory_length'),
      help: 'How many messages a quorum queue keeps in memory; 0 for no limit.',
    }),
    rabbit_quorum_max_memory_bytes: integer({
      default: 0,
      deprecatedNames: oldNames('.rabbit_quroum_max_memory_bytes'),
      help: 'How many bytes a quorum queue keeps in memory; 0 for no limit.',
    }),
    rabbit_transient_queues_ttl: integer({
      default: 1800,
      min: 0,
      help: 'Seconds without use after which queues for answers are deleted; 0 for never.',
    }),
    direct_mandatory_flag: bool({
      default: true,
      deprecatedForRemoval: 'Without it, answers to clients that are gone would be lost unnoticed.',
      help: 'Whether the broker tells of an answer that it can deliver to nobody.',
    }),
    enable_cancel_on_failover: bool({
      default: false,
      help: 'Whether the broker tells consumers when their queue moves.',
    }),
    use_queue_manager: bool({
      default: false,
      help: 'Whether queues for answers have names that stay the same after a restart.',
    }),
    hostname: text({
      default: hostname(),
      sampleDefault: 'localhost',
      help: 'First part of these names.',
    }),
    processname: text({
      default: 'ironic-inspector',
      sampleDefault: 'ironic-inspector',
      help: 'Second part of these names.',
    }),
    rabbit_stream_fanout: bool({
      default: false,
      help: 'Whether calls to everybody go through one stream in place of a queue for each.',
    }),
  }),
];
