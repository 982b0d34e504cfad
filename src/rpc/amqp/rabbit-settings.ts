import { readFileSync } from 'node:fs';
import type { ConnectionOptions, SecureVersion } from 'node:tls';
import type { OptionsOf } from '../../config/option.ts';
import { InspectorError, messageOf } from '../../errors/inspector-error.ts';
import type { messagingOptions } from './messaging-options.ts';
import { rabbitOptions } from './rabbit-options.ts';
import { parseTransportUrl } from './transport-url.ts';

type RabbitOptions = OptionsOf<typeof rabbitOptions.options>;

/** All that there is to know about the broker and the way calls go through it. */
export interface RabbitSettings {
  /** The brokers in the order in which they are tried; at least one. */
  readonly addresses: readonly { readonly host: string; readonly port: number }[];
  readonly username: string;
  readonly password: string;
  readonly virtualHost: string;
  /** `null` for no encryption. */
  readonly tls: ConnectionOptions | null;
  /** Seconds; 0 for none. */
  readonly heartbeat: number;
  /** Seconds between two tries to connect, at least and at most. */
  readonly retry: { readonly least: number; readonly most: number };
  readonly shuffle: boolean;
  readonly exchange: { readonly name: string; readonly durable: boolean; readonly autoDelete: boolean };
  /** Seconds to wait for an answer. */
  readonly responseTimeout: number;
  /** How many calls a conductor works on at once. */
  readonly concurrency: number;
  /** How many messages may be under way to it. */
  readonly prefetch: number;
}

/**
 * The settings that the configuration makes; parameters of the URL win over the options of their name.
 *
 * @throws InspectorError `invalid` for a URL or parameter that does not work, for `fake://`, which reaches no other
 *   process, and for a TLS file that cannot be read.
 */
export function rabbitSettings(
  messaging: OptionsOf<typeof messagingOptions.options>,
  options: RabbitOptions,
): RabbitSettings {
  const url = parseTransportUrl(messaging.transport_url);
  if (url.transport === 'fake') {
    throw new InspectorError(
      'invalid',
      '[DEFAULT]transport_url: fake:// reaches no other process; expected rabbit://user:password@host:port/virtual-host',
    );
  }
  const rabbit = { ...options, ...overridden(url.parameters) };
  const usual = rabbit.ssl ? 5671 : 5672;
  return {
    addresses: url.addresses.map(({ host, port }) => ({ host, port: port ?? usual })),
    username: url.username,
    password: url.password,
    virtualHost: url.virtualHost,
    tls: rabbit.ssl ? tlsOf(rabbit) : null,
    heartbeat: rabbit.heartbeat_timeout_threshold,
    retry: { least: rabbit.rabbit_retry_interval, most: rabbit.rabbit_interval_max },
    shuffle: rabbit.kombu_failover_strategy === 'shuffle',
    exchange: {
      name: messaging.control_exchange,
      durable: rabbit.amqp_durable_queues,
      autoDelete: rabbit.amqp_auto_delete,
    },
    responseTimeout: messaging.rpc_response_timeout,
    concurrency: messaging.executor_thread_pool_size,
    prefetch: rabbit.rabbit_qos_prefetch_count || messaging.executor_thread_pool_size,
  };
}

function overridden(parameters: ReadonlyMap<string, string>): Partial<RabbitOptions> {
  const known = Object.entries(rabbitOptions.options).filter(([name]) => parameters.has(name));
  return Object.fromEntries(
    known.map(([name, option]) => {
      try {
        return [name, option.parse(parameters.get(name) ?? '')];
      } catch (error) {
        throw new InspectorError('invalid', `[DEFAULT]transport_url: parameter ${name}: ${messageOf(error)}`);
      }
    }),
  );
}

function tlsOf(options: RabbitOptions): ConnectionOptions {
  const version = tlsVersion(options.ssl_version);
  return {
    ...(version === undefined ? {} : { minVersion: version, maxVersion: version }),
    ...(options.ssl_ca_file === '' ? {} : { ca: contentsOf('ssl_ca_file', options.ssl_ca_file) }),
    ...(options.ssl_cert_file === '' ? {} : { cert: contentsOf('ssl_cert_file', options.ssl_cert_file) }),
    ...(options.ssl_key_file === '' ? {} : { key: contentsOf('ssl_key_file', options.ssl_key_file) }),
  };
}

/** As the original spells them. `SSLv23` is the old name of "the newest that both have". */
const tlsVersions: ReadonlyMap<string, SecureVersion | undefined> = new Map([
  ['', undefined],
  ['sslv23', undefined],
  ['tlsv1', 'TLSv1'],
  ['tlsv1_1', 'TLSv1.1'],
  ['tlsv1_2', 'TLSv1.2'],
  ['tlsv1_3', 'TLSv1.3'],
]);

function tlsVersion(text: string): SecureVersion | undefined {
  const key = text.trim().toLowerCase().replace('.', '_');
  if (tlsVersions.has(key)) return tlsVersions.get(key);
  throw new InspectorError(
    'invalid',
    `[oslo_messaging_rabbit]ssl_version: expected TLSv1_2 or TLSv1_3, or nothing for the newest, got "${text}"`,
  );
}

function contentsOf(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new InspectorError('invalid', `[oslo_messaging_rabbit]${option}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
