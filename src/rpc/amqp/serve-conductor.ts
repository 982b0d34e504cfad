import type { AsyncMessage, Connection } from 'rabbitmq-client';
import { InspectorError, messageOf, stackFields } from '../../errors/inspector-error.ts';
import type { Logger } from '../../logging/logger.ts';
import type { ConductorApi } from '../conductor-api.ts';
import { answerCall } from './answer-call.ts';
import { callQueueOf, probeKeyOf, probeType } from './call-queue.ts';
import { packBody, unpackBody } from './packed-body.ts';
import type { RabbitSettings } from './rabbit-settings.ts';
import { writeFailure, writeResult } from './reply-message.ts';
import { type ConductorRequest, readRequest } from './request-message.ts';

/** What a conductor's side of the calls takes. */
export interface ServedConductor {
  readonly connection: Connection;
  readonly settings: Pick<RabbitSettings, 'exchange' | 'concurrency' | 'prefetch'>;
  /** `[DEFAULT]host`, of which there is one conductor. */
  readonly host: string;
  readonly conductor: ConductorApi;
  readonly log: Logger;
  /** Told of answers to callbacks that could not be sent: the ramdisk will ask again. */
  readonly unanswered: (request: ConductorRequest, uuid: string) => Promise<void>;
}

/** A conductor that answers calls. */
export interface Serving {
  /** Takes no more calls, and waits until those taken are answered. The connection stays. */
  stop(): Promise<void>;
}

/**
 * Answers the calls that come to this host. A call counts as taken when its work begins, and is never given to
 * another conductor; what is begun and not ended is found in the database.
 *
 * @throws InspectorError `invalid` for a host that cannot be the name of a queue.
 */
export function serveConductor(on: ServedConductor): Serving {
  const queue = callQueueOf(on.host);
  const { exchange, concurrency, prefetch } = on.settings;
  const calls = { exchange: exchange.name, queue, routingKey: queue };
  // A broker that refuses an answer, for want of a permission, says so only where it is to confirm.
  const replies = on.connection.createPublisher({ confirm: true });
  const send: Send = (envelope, body) => replies.send(envelope, body);
  const atWork = new Set<Promise<void>>();
  const consumer = on.connection.createConsumer(
    {
      queue,
      // It ends with the connection, so that callers know at once that this process is gone.
      queueOptions: { exclusive: true },
      exchanges: [
        {
          exchange: exchange.name,
          type: 'topic',
          durable: exchange.durable,
          autoDelete: exchange.autoDelete,
        },
      ],
      queueBindings: [calls, { ...calls, routingKey: probeKeyOf(on.host) }],
      qos: { prefetchCount: prefetch },
      concurrency: 1,
      requeue: false,
    },
    async (message) => {
      if (message.type === probeType) return;
      while (atWork.size >= concurrency) await Promise.race(atWork);
      const work = answered(on, message, send).finally(() => atWork.delete(work));
      atWork.add(work);
    },
  );
  consumer.on('ready', () => on.log.info(`Answering calls to ${queue}`));
  consumer.on('error', (error) => {
    // Why there is no connection, and that it is tried again, is in the log already.
    const reason = on.connection.ready ? messageOf(error) : 'there is no connection to the message broker';
    on.log.warning(`Calls to ${queue} cannot be taken: ${reason}`);
  });
  return {
    async stop() {
      // From now on callers try another conductor.
      if (on.connection.ready) await on.connection.queueUnbind(calls).catch(() => {});
      await consumer.close();
      await Promise.all(atWork);
      await replies.close();
    },
  };
}

type Send = (envelope: Reply, body: Buffer) => Promise<void>;

interface Reply {
  readonly exchange: '';
  readonly routingKey: string;
  readonly correlationId: string;
  readonly contentType: string;
  readonly contentEncoding: string;
}

/** Does not throw. */
async function answered(on: ServedConductor, message: AsyncMessage, send: Send): Promise<void> {
  const { replyTo = '', correlationId = '' } = message;
  // Answers go to whoever asked, and to no other queue.
  if (!replyTo.startsWith('amq.rabbitmq.reply-to.') || correlationId === '') {
    on.log.warning('A message that is no call was dropped');
    return;
  }
  let request: ConductorRequest | undefined;
  let uuid: string | undefined;
  let text: string;
  try {
    request = requestOf(message);
    const result = await answerCall(on.conductor, request);
    uuid = result?.uuid;
    text = writeResult(result);
  } catch (error) {
    logFailure(on.log, request, error);
    text = writeFailure(error);
  }
  try {
    const { body, contentEncoding } = packBody(text);
    const to = { exchange: '', routingKey: replyTo, correlationId } as const;
    await send({ ...to, contentType: 'application/json', contentEncoding }, body);
    if (uuid !== undefined) await requireReader(on.connection, replyTo);
  } catch (error) {
    on.log.warning(`The answer to a call could not be sent: ${messageOf(error)}`, fieldsOf(request));
    if (uuid !== undefined) await remember(on, message, uuid);
  }
}

/**
 * Brokers drop answers to an API that is gone, and say nothing. They know whether it is there when its queue is
 * declared, and never make one of such a name.
 *
 * @throws Error when it is gone.
 */
async function requireReader(connection: Connection, replyTo: string): Promise<void> {
  try {
    await connection.queueDeclare({ queue: replyTo, passive: true });
  } catch (error) {
    throw new Error('the API that asked is gone', { cause: error });
  }
}

/** The message is read anew, as hooks change the document that they are given. */
async function remember(on: ServedConductor, message: AsyncMessage, uuid: string): Promise<void> {
  try {
    await on.unanswered(requestOf(message), uuid);
  } catch (error) {
    on.log.error(`The answer could not be kept either: ${messageOf(error)}`, stackFields(error));
  }
}

/** The client gives bodies of an encoding as bytes. */
function requestOf({ body, contentEncoding }: AsyncMessage): ConductorRequest {
  return readRequest(unpackBody(body as Buffer, contentEncoding));
}

/** The API tells of failures that its client may read; a bug's stack is known only here. */
function logFailure(log: Logger, request: ConductorRequest | undefined, error: unknown): void {
  const what = `The call ${request?.call.method ?? ''} failed: ${messageOf(error)}`;
  const fields = fieldsOf(request);
  if (error instanceof InspectorError && error.kind !== 'internal') log.debug(what, fields);
  else log.error(what, { ...stackFields(error), ...fields });
}

/** By which a line of the log names the request that the API was sent. */
function fieldsOf(request: ConductorRequest | undefined) {
  return request?.from === undefined ? {} : { request_id: request.from.requestId };
}
