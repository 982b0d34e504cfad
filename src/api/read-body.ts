import type { IncomingMessage } from 'node:http';
import { InspectorError } from '../errors/inspector-error.ts';
import { BodyBudget, type BudgetShare } from './body-budget.ts';

/** The body of one request. */
export interface RequestBody {
  /**
   * All bytes.
   *
   * @throws InspectorError `too-large`, `too-slow`, `unavailable` when too much is in memory already, and
   *   `invalid` when the client goes away before the end.
   */
  read(): Promise<Uint8Array>;
  /** To be called once the request has been answered: until then its body counts as memory in use. */
  release(): void;
}

/** Takes the bodies of requests. */
export type OpenBody = (message: IncomingMessage) => RequestBody;

/** Milliseconds that a body may take. */
export interface BodyPatience {
  /** Between two pieces of it. */
  readonly stall: number;
  /** For all of it. */
  readonly total: number;
}

/** How many bodies of the largest size may be in memory at once. */
const largestBodiesAtOnce = 8;

/**
 * A reader of request bodies that keeps to the limit: a body that is declared larger is refused before a
 * byte of it is read, one that turns out larger as soon as it does. What follows is read and thrown away by
 * `node:http`, so that the client gets to read the refusal (docs/compatibility.md, body-limit). Bodies share
 * a budget from their first byte until they are answered, so that neither slow clients nor requests that
 * wait for a busy node fill the memory; and one that does not get on is given up, lest it keep others out.
 */
export function bodyReader(limit: number, patience: BodyPatience): OpenBody {
  const budget = new BodyBudget(limit * largestBodiesAtOnce);
  return (message) => {
    const share = budget.shareOf(message.socket?.remoteAddress ?? 'unknown');
    return { read: () => read(message, share, limit, patience), release: () => share.release() };
  };
}

async function read(
  message: IncomingMessage,
  share: BudgetShare,
  limit: number,
  patience: BodyPatience,
): Promise<Uint8Array> {
  if (Number(message.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    await eachChunk(message, patience, (chunk) => {
      size += chunk.length;
      chunks.push(chunk);
      share.take(chunk.length);
      if (size > limit) throw tooLarge(limit);
    });
    return Buffer.concat(chunks);
  } catch (error) {
    share.release();
    throw error;
  }
}

/**
 * Resolves at the end of the body; rejects with what `take` throws or when patience ends, and then reads on
 * without keeping anything.
 */
async function eachChunk(
  message: IncomingMessage,
  patience: BodyPatience,
  take: (chunk: Buffer) => void,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const giveUp = (milliseconds: number, expected: string) =>
    setTimeout(() => reject(tooSlow(expected, milliseconds)), milliseconds);
  const total = giveUp(patience.total, 'all of it');
  let stall = giveUp(patience.stall, 'more of it');
  const onData = (chunk: Buffer): void => {
    clearTimeout(stall);
    stall = giveUp(patience.stall, 'more of it');
    try {
      take(chunk);
    } catch (error) {
      reject(error);
    }
  };
  message.on('data', onData);
  message.once('end', resolve);
  message.once('error', (cause) => reject(gone(cause)));
  // Comes after the end, too, where an error made for nothing costs more than the rest of this.
  const onClose = () => {
    if (!message.readableEnded) reject(gone());
  };
  message.once('close', onClose);
  try {
    await promise;
  } finally {
    message.off('close', onClose);
    clearTimeout(total);
    clearTimeout(stall);
    message.off('data', onData);
    message.resume();
  }
}

function tooLarge(limit: number): InspectorError {
  return new InspectorError(
    'too-large',
    `Request body too large: expected at most ${limit} bytes ([DEFAULT]max_request_body)`,
  );
}

function tooSlow(expected: string, milliseconds: number): InspectorError {
  return new InspectorError(
    'too-slow',
    `Request body too slow: expected ${expected} within ${milliseconds / 1000} s`,
  );
}

function gone(cause?: Error): InspectorError {
  return new InspectorError('invalid', 'The client closed the connection before the end of the body', {
    cause,
  });
}
