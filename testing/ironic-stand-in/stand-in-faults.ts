import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { faultDocument, type StandInAnswer } from './stand-in-answer.ts';

/** What goes wrong with a request. */
export type StandInFault =
  /** It has been done, and the right answer comes so many milliseconds late. */
  | { readonly late: number }
  /** Another answer; nothing has been done. */
  | { readonly status: number; readonly text?: string; readonly headers?: Readonly<Record<string, string>> }
  /** Nothing has been done, and the connection is reset. */
  | 'dropped'
  /** It has been done, and the connection is reset in place of an answer. */
  | 'dropped after'
  /** It has been done, and the answer breaks off. */
  | 'cut off'
  /** The right answer, in pieces that take so many milliseconds altogether. */
  | { readonly slowBody: number }
  /** The answer of something else than Ironic. */
  | 'web page'
  | 'not JSON'
  /** 404 with the page of a web server that has no Ironic behind it. */
  | 'not there'
  /** 409 as of a node that somebody holds. */
  | 'locked'
  /** 503 as of a conductor without free workers. */
  | 'busy'
  /** 406 as of an Ironic that has been replaced by one of other versions. */
  | 'wrong version';

/** Which requests meet a fault. */
export interface FaultRule {
  /** Of `<method> <path and query>`. */
  readonly pattern: RegExp;
  readonly fault: StandInFault;
  /** How many requests; all of them by default. */
  readonly times?: number;
}

const refusals: Readonly<Record<string, StandInAnswer>> = {
  locked: {
    status: 409,
    body: faultDocument(
      'Node 1 is locked by host labhost, please retry after the current operation is completed.',
    ),
  },
  busy: {
    status: 503,
    body: faultDocument('Requested action cannot be performed due to lack of free conductor workers.'),
  },
  'wrong version': {
    status: 406,
    body: faultDocument('Version 1.999 was requested but is not supported by this service.'),
  },
};

/**
 * Answers a request as the fault has it.
 *
 * @param right what is right; asking for it does what the request asks for
 */
export async function meetFault(
  fault: StandInFault,
  response: ServerResponse,
  right: () => StandInAnswer,
): Promise<void> {
  if (fault === 'dropped') return void response.socket?.resetAndDestroy();
  if (fault === 'dropped after') {
    right();
    return void response.socket?.resetAndDestroy();
  }
  if (fault === 'cut off') return cutOff(response, right());
  if (fault === 'web page') return sendText(response, 200, '<html><h1>Welcome to nginx!</h1></html>');
  if (fault === 'not there') return sendText(response, 404, '<html><h1>Not Found</h1></html>');
  if (fault === 'not JSON') return sendText(response, 200, '{"nodes": [');
  if (typeof fault === 'string') return sendAnswer(response, refusals[fault] ?? { status: 500 });
  if ('status' in fault) {
    const body = fault.text === undefined ? undefined : faultDocument(fault.text);
    return sendAnswer(response, { status: fault.status, body, headers: fault.headers });
  }
  if ('late' in fault) {
    const answer = right();
    await wait(fault.late, undefined, { ref: false });
    return sendAnswer(response, answer);
  }
  return sendSlowly(response, right(), fault.slowBody);
}

/** Sends an answer whole. */
export function sendAnswer(response: ServerResponse, { status, body, headers }: StandInAnswer): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  response.writeHead(status, { ...type, ...headers, 'content-length': Buffer.byteLength(text) }).end(text);
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/html' }).end(text);
}

function cutOff(response: ServerResponse, { status, body }: StandInAnswer): void {
  const text = JSON.stringify(body ?? {});
  response.writeHead(status, { 'content-length': Buffer.byteLength(text) + 100 });
  response.write(text.slice(0, text.length / 2));
  setTimeout(() => response.destroy(), 5).unref();
}

async function sendSlowly(
  response: ServerResponse,
  { status, body, headers }: StandInAnswer,
  milliseconds: number,
): Promise<void> {
  const text = Buffer.from(body === undefined ? '' : JSON.stringify(body));
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  const pieces = 10;
  const size = Math.ceil(text.length / pieces);
  for (let piece = 0; piece < pieces; piece++) {
    await wait(milliseconds / pieces, undefined, { ref: false });
    if (response.destroyed) return;
    response.write(text.subarray(piece * size, (piece + 1) * size));
  }
  response.end();
}
