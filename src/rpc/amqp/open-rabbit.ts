import { Connection } from 'rabbitmq-client';
import { messageOf } from '../../errors/inspector-error.ts';
import type { Logger } from '../../logging/logger.ts';
import type { RabbitSettings } from './rabbit-settings.ts';

/** Milliseconds that a call waits for a connection; a broker that restarts may be back within them. */
const connectPatience = 5000;

/** Bytes of a frame at most, as RabbitMQ offers it: documents are larger than the client's default. */
const frameSize = 131_072;

/**
 * A connection to the first broker that answers. It comes back by itself when it is lost, and tells the log of it.
 *
 * @param name What brokers show it as.
 */
export function openRabbit(
  settings: RabbitSettings,
  name: string,
  log: Logger,
  random: () => number = Math.random,
): Connection {
  const endpoint = inTurn(settings.shuffle ? shuffled(settings.addresses, random) : settings.addresses);
  const connection = new Connection({
    connectionName: name,
    username: settings.username,
    password: settings.password,
    vhost: settings.virtualHost,
    // Read anew at each try. The client's own list of hosts knows no IPv6 addresses.
    socket: endpoint,
    ...(settings.tls === null ? {} : { tls: settings.tls }),
    // A small message would wait for 40 ms for another one to go with it.
    noDelay: true,
    frameMax: frameSize,
    heartbeat: settings.heartbeat,
    acquireTimeout: connectPatience,
    retryLow: settings.retry.least * 1000,
    retryHigh: Math.max(settings.retry.least, settings.retry.most) * 1000,
  });
  connection.on('connection', () => log.info(`Connected to the message broker at ${endpoint.current()}`));
  connection.on('error', (error) =>
    log.error(`The message broker at ${endpoint.current()} cannot be used, trying again: ${reasonOf(error)}`),
  );
  connection.on('connection.blocked', (reason) =>
    log.warning(`The message broker takes no messages for now: ${reason}`),
  );
  connection.on('connection.unblocked', () => log.info('The message broker takes messages again'));
  return connection;
}

/** Before the client knows which method a broker closes the connection for, it says `undefined`. */
function reasonOf(error: unknown): string {
  return messageOf(error).replace(/^undefined: /, '');
}

/** Options of a socket whose host and port are those of the next address whenever they are read. */
function inTurn(addresses: RabbitSettings['addresses']) {
  let at = -1;
  const address = () => addresses[Math.max(at, 0)] ?? { host: 'localhost', port: 5672 };
  return Object.defineProperty(
    {
      get host() {
        at = (at + 1) % addresses.length;
        return address().host;
      },
      get port() {
        return address().port;
      },
      current: () => `${address().host}:${address().port}`,
    },
    'current',
    { enumerable: false },
  );
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, order: random() }))
    .toSorted((one, other) => one.order - other.order)
    .map(({ item }) => item);
}
