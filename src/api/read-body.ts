import type { IncomingMessage } from 'node:http';
import { InspectorError } from '../errors/inspector-error.ts';

export type ReadBody = (message: IncomingMessage) => Promise<Uint8Array>;

/** How many bodies of the largest size may be in memory, half read, at once. */
const largestBodiesAtOnce = 8;

/**
 * A reader of request bodies that keeps to the limit: a body that is declared larger is refused before a
 * byte of it is read, one that turns out larger as soon as it does. What follows is read and thrown away by
 * `node:http`, so that the client gets to read the refusal (docs/compatibility.md, body-limit). Bodies that arrive slowly share a budget, so
 * that many of them do not fill the memory.
 *
 * The reader throws InspectorError `too-large`, `unavailable` when the budget is used up, and `invalid`
 * when the client goes away before the end.
 */
export function bodyReader(limit: number): ReadBody {
  const budget = limit * largestBodiesAtOnce;
  let held = 0;
  const hold = (bytes: number): void => {
    held += bytes;
  };
  return async (message) => {
    if (Number(message.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      await eachChunk(message, (chunk) => {
        size += chunk.length;
        hold(chunk.length);
        chunks.push(chunk);
        if (size > limit) throw tooLarge(limit);
        if (held > budget) throw busy();
      });
      return Buffer.concat(chunks);
    } finally {
      hold(-size);
    }
  };
}

/** Resolves at the end of the body; rejects with what `take` throws, and then reads on without keeping anything. */
function eachChunk(message: IncomingMessage, take: (chunk: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const onData = (chunk: Buffer): void => {
      try {
        take(chunk);
      } catch (error) {
        message.off('data', onData);
        message.resume();
        reject(error);
      }
    };
    message.on('data', onData);
    message.once('end', resolve);
    message.once('error', (cause) => reject(gone(cause)));
    message.once('close', () => reject(gone()));
  });
}

function tooLarge(limit: number): InspectorError {
  return new InspectorError(
    'too-large',
    `Request body too large: expected at most ${limit} bytes ([DEFAULT]max_request_body)`,
  );
}

function busy(): InspectorError {
  return new InspectorError('unavailable', 'Too many request bodies are being received, try again later');
}

function gone(cause?: Error): InspectorError {
  return new InspectorError('invalid', 'The client closed the connection before the end of the body', {
    cause,
  });
}
