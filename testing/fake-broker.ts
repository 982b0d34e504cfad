import { EventEmitter } from 'node:events';
import type { Connection } from 'rabbitmq-client';

/** A message as the broker hands it out. */
export interface FakeMessage {
  readonly body: Buffer;
  readonly exchange?: string;
  readonly routingKey?: string;
  readonly correlationId?: string;
  readonly replyTo?: string;
  readonly type?: string;
  readonly contentEncoding?: string;
  readonly mandatory?: boolean;
  readonly expiration?: string;
}

type Take = (message: FakeMessage) => unknown;

/** A broker within the process: as much of RabbitMQ and its client as calls use. */
export interface FakeBroker {
  /** Another client's connection; all have the same queues. */
  readonly connection: Connection;
  /** All that was published, in order. */
  readonly published: FakeMessage[];
  /** What was declared: queues, exchanges and bindings, as they were given. */
  readonly declared: unknown[];
  /** Sets whether it takes messages. */
  ready: boolean;
  /** Makes each further channel fail, until it is unset. */
  failure: Error | undefined;
  /** Ends all channels, as a broker that is killed does. */
  drop(reason?: Error): void;
  /** Puts a message of whatever kind into a conductor's queue. */
  deliver(routingKey: string, message: Omit<FakeMessage, 'routingKey'>): void;
}

const replyQueue = 'amq.rabbitmq.reply-to';

export function fakeBroker(): FakeBroker {
  const routes = new Map<string, Take>();
  const channels = new Set<FakeChannel>();
  const broker = {
    published: [] as FakeMessage[],
    declared: [] as unknown[],
    ready: true,
    failure: undefined as Error | undefined,
    drop(reason?: Error) {
      for (const channel of channels) {
        channels.delete(channel);
        if (reason !== undefined) channel.emit('error', reason);
        channel.emit('close');
      }
    },
    deliver: (routingKey: string, message: Omit<FakeMessage, 'routingKey'>) =>
      void routes.get(routingKey)?.({ ...message, routingKey }),
  };

  const publish = async (from: EventEmitter | undefined, message: FakeMessage) => {
    if (broker.failure !== undefined) throw broker.failure;
    broker.published.push(message);
    const take = routes.get(message.routingKey ?? '');
    if (take !== undefined) setImmediate(() => take(message));
    else if (message.mandatory === true) {
      setImmediate(() => from?.emit('basic.return', { ...message, replyText: 'NO_ROUTE' }));
    }
  };

  class FakeChannel extends EventEmitter {
    readonly #reply = `${replyQueue}.${channels.size}`;
    exchangeDeclare = async (exchange: unknown) => void broker.declared.push(exchange);
    basicConsume = async (_from: unknown, take: Take) => void routes.set(this.#reply, take);
    basicPublish = (envelope: FakeMessage, body: Buffer) => {
      const replyTo = envelope.replyTo === replyQueue ? { replyTo: this.#reply } : {};
      return publish(this, { ...envelope, ...replyTo, body });
    };
    close = async () => void channels.delete(this);
  }

  const connection = {
    get ready() {
      return broker.ready;
    },
    async acquire() {
      if (broker.failure !== undefined) throw broker.failure;
      const channel = new FakeChannel();
      channels.add(channel);
      return channel;
    },
    createPublisher: () => ({
      send: (envelope: FakeMessage, body: Buffer) => publish(undefined, { ...envelope, body }),
      close: async () => {},
    }),
    createConsumer(options: { queueBindings: { routingKey: string }[] }, take: Take) {
      broker.declared.push(options);
      // As with a concurrency of one.
      let turn: Promise<unknown> = Promise.resolve();
      const inTurn = (message: FakeMessage) => {
        turn = turn.then(() => take(message));
      };
      for (const { routingKey } of options.queueBindings) routes.set(routingKey, inTurn);
      return Object.assign(new EventEmitter(), { close: () => turn });
    },
    async queueDeclare({ queue }: { queue: string }) {
      if (!routes.has(queue)) throw new Error(`NOT_FOUND - no queue '${queue}'`);
    },
    queueUnbind: async ({ routingKey }: { routingKey: string }) => void routes.delete(routingKey),
  };
  return Object.assign(broker, { connection: connection as unknown as Connection });
}
