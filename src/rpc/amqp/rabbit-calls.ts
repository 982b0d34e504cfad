import { randomUUID } from 'node:crypto';
import type { Channel, Connection, ReturnedMessage } from 'rabbitmq-client';
import { InspectorError, messageOf } from '../../errors/inspector-error.ts';
import { CallLost, CallUndelivered } from './call-failures.ts';
import { callQueueOf, probeInterval, probeKeyOf, probeType } from './call-queue.ts';
import type { PackedBody } from './packed-body.ts';
import type { RabbitSettings } from './rabbit-settings.ts';

/** RabbitMQ's name for "the channel that asks": answers need no queue of their own. */
const replyTo = 'amq.rabbitmq.reply-to';

interface PendingCall {
  readonly answer: (body: Buffer) => void;
  readonly fail: (error: Error) => void;
}

/** A call on its way. */
export interface Call {
  /** The conductor's. */
  readonly host: string;
  readonly message: PackedBody;
  /** Seconds to wait for the answer. */
  readonly patience: number;
}

/**
 * Calls over one channel, each answered at most once. The channel is opened with the first call, and anew when it
 * was lost.
 */
export class RabbitCalls {
  readonly #connection: Pick<Connection, 'acquire' | 'ready'>;
  readonly #exchange: RabbitSettings['exchange'];
  readonly #probeEvery: number;
  readonly #pending = new Map<string, PendingCall>();
  #channel: Promise<Channel> | undefined;

  /** @param probeEvery Seconds between two looks whether the conductor is still there. */
  constructor(
    connection: Pick<Connection, 'acquire' | 'ready'>,
    exchange: RabbitSettings['exchange'],
    probeEvery = probeInterval,
  ) {
    this.#connection = connection;
    this.#exchange = exchange;
    this.#probeEvery = probeEvery;
  }

  /**
   * The answer to a call.
   *
   * @throws CallUndelivered when there is no such conductor, CallLost when there is no answer, and InspectorError
   *   `unavailable` when there is no broker.
   */
  async call({ host, message, patience }: Call): Promise<Buffer> {
    const routingKey = callQueueOf(host);
    const channel = await this.#open();
    const id = randomUUID();
    const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
    this.#pending.set(id, { answer: resolve, fail: reject });
    const envelope = { exchange: this.#exchange.name, mandatory: true, correlationId: id };
    const late = setTimeout(
      () => reject(new CallLost(`no answer within ${patience} s; it may still be at work`)),
      patience * 1000,
    );
    const expiration = (seconds: number) => String(Math.ceil(seconds * 1000));
    const probes = setInterval(() => {
      const probe = { ...envelope, routingKey: probeKeyOf(host), type: probeType };
      const probing = { ...probe, expiration: expiration(this.#probeEvery) };
      channel.basicPublish(probing, Buffer.alloc(0)).catch(() => {});
    }, this.#probeEvery * 1000);
    try {
      const { body, contentEncoding } = message;
      const call = { ...envelope, routingKey, replyTo, contentType: 'application/json', contentEncoding };
      channel
        .basicPublish({ ...call, expiration: expiration(patience) }, body)
        .catch((error: unknown) => reject(new CallLost(messageOf(error))));
      return await promise;
    } finally {
      clearTimeout(late);
      clearInterval(probes);
      this.#pending.delete(id);
    }
  }

  async close(): Promise<void> {
    const channel = await this.#channel?.catch(() => undefined);
    await channel?.close();
  }

  async #open(): Promise<Channel> {
    this.#channel ??= this.#opened();
    try {
      const channel = await this.#channel;
      // A broker that is short of memory reads nothing, and a call would wait in vain.
      if (this.#connection.ready) return channel;
      throw unavailable();
    } catch (error) {
      throw error instanceof InspectorError ? error : unavailable(error);
    }
  }

  async #opened(): Promise<Channel> {
    try {
      const channel = await this.#connection.acquire({ emitErrorsFromChannel: true });
      let reason = 'the connection to the message broker was lost';
      channel.on('error', (error) => {
        reason = messageOf(error);
      });
      channel.once('close', () => this.#lost(reason));
      channel.on('basic.return', (message) => this.#returned(message));
      const { name, durable, autoDelete } = this.#exchange;
      await channel.exchangeDeclare({ exchange: name, type: 'topic', durable, autoDelete });
      await channel.basicConsume({ queue: replyTo, noAck: true }, ({ correlationId, body }) => {
        // The client gives bodies of an encoding as bytes.
        if (correlationId !== undefined) this.#pending.get(correlationId)?.answer(body as Buffer);
      });
      return channel;
    } catch (error) {
      this.#channel = undefined;
      throw error;
    }
  }

  #lost(reason: string): void {
    this.#channel = undefined;
    for (const { fail } of this.#pending.values()) fail(new CallLost(reason));
  }

  /** The broker found no queue: for the call itself, or for a probe that followed it. */
  #returned({ correlationId = '', type, replyText }: ReturnedMessage): void {
    const error =
      type === probeType
        ? new CallLost('it went away while it was at work')
        : new CallUndelivered(`it has no queue (${replyText})`);
    this.#pending.get(correlationId)?.fail(error);
  }
}

function unavailable(cause?: unknown): InspectorError {
  const message = 'The message broker cannot be used for now, try again later';
  return new InspectorError('unavailable', message, { cause });
}
