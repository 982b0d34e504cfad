import { gunzipSync, gzipSync } from 'node:zlib';
import { InspectorError, messageOf } from '../../errors/inspector-error.ts';

/** The body of a message, and how it is packed. */
export interface PackedBody {
  readonly body: Buffer;
  readonly contentEncoding: 'utf-8' | 'gzip';
}

/** What goes through unpacked, in bytes; most inventories do. */
const packedFrom = 1_048_576;

/** What every broker takes unless it is told otherwise, in bytes: RabbitMQ 4 has the least. */
const largestMessage = 16_777_216;

/** Bytes; what is larger was packed to fill a conductor's memory. */
const largestDocument = 268_435_456;

/** @throws InspectorError `too-large` for a text that brokers would not take. */
export function packBody(text: string, largest = largestMessage): PackedBody {
  const plain = Buffer.from(text);
  const body = plain.length < packedFrom ? plain : gzipSync(plain, { level: 1 });
  if (body.length > largest) {
    throw new InspectorError(
      'too-large',
      `Expected data that packs into a message of ${largest} bytes, got ${body.length}`,
    );
  }
  return { body, contentEncoding: body === plain ? 'utf-8' : 'gzip' };
}

/** @throws InspectorError `internal` for what cannot be unpacked. */
export function unpackBody(body: Buffer, contentEncoding: string | undefined): Buffer {
  if (contentEncoding !== 'gzip') return body;
  try {
    return gunzipSync(body, { maxOutputLength: largestDocument });
  } catch (error) {
    throw new InspectorError('internal', `The conductor cannot unpack the call: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
