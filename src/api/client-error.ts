import type { Socket } from 'node:net';
import type { Answer } from './answer.ts';
import { authorityOf } from './http-handler.ts';
import type { HttpReply } from './http-message.ts';

/** What `node:http` reports when it cannot make a request of what a client sends. */
export interface ClientError extends Error {
  readonly code?: string;
  /** The bytes that the parser stumbled over. */
  readonly rawPacket?: unknown;
}

const requestLine = /^([!#$%&'*+.^_`|~\w-]+) (\S+) HTTP\/1\.[01]\r?\n/;

/**
 * Answers what is no request, and closes the connection: time-outs, headers beyond all limits, garbage. A
 * well-formed request whose method the parser does not know is answered as one with a method that the path
 * does not take (docs/compatibility.md, unknown-method).
 */
export function clientErrorHandler(answer: Answer): (error: ClientError, socket: Socket) => void {
  return (error, socket) => {
    const isHttp = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' || error.code?.startsWith('HPE_') === true;
    if (!isHttp || !socket.writable || socket.bytesWritten > 0) {
      // There was no handshake, or part of an answer may be out; nothing sensible can follow.
      socket.destroy(error);
      return;
    }
    void refuse(answer, error, socket);
  };
}

async function refuse(answer: Answer, error: ClientError, socket: Socket): Promise<void> {
  socket.end(httpText(await replyTo(answer, error, socket)));
}

async function replyTo(
  answer: Answer,
  error: ClientError,
  socket: Socket,
): Promise<HttpReply & { reason: string }> {
  const empty = { headers: {}, body: '' };
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return { ...empty, status: 408, reason: 'Request Timeout' };
  if (error.code === 'HPE_HEADER_OVERFLOW') return { ...empty, status: 400, reason: 'Headers Too Large' };
  const packet = Buffer.isBuffer(error.rawPacket) ? error.rawPacket.toString('latin1') : '';
  const [, method, target] = requestLine.exec(packet) ?? [];
  if (error.code !== 'HPE_INVALID_METHOD' || method === undefined || target === undefined) {
    return { ...empty, status: 400, reason: 'Bad Request' };
  }
  const request = {
    id: '-',
    method,
    target,
    headers: {},
    secure: false,
    authority: authorityOf(socket),
    peer: socket.remoteAddress,
  };
  const reply = await answer({ ...request, readBody: async () => new Uint8Array() });
  return { ...reply, reason: reply.status === 405 ? 'Method Not Allowed' : 'Not Found' };
}

function httpText({ status, reason, headers, body }: HttpReply & { reason: string }): string {
  const all = { ...headers, 'Content-Length': String(Buffer.byteLength(body)), Connection: 'close' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${reason}\r\n${lines.join('')}\r\n${body}`;
}
