import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A request as it came over the wire. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly path: string;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface FakeAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * What goes wrong with a request: another answer, a connection that breaks before or after it was done, or the right
 * answer so many ms late, the whole of it or, where it stalls, all but its beginning.
 */
export type Fault =
  | FakeAnswer
  | 'reset'
  | 'reset after'
  | 'cut off'
  | { readonly late: number; readonly stalls?: boolean };

/** A service of a test's own, over real HTTP on the loopback. */
export interface FakeHttpService {
  /** `http://127.0.0.1:41234`. */
  readonly url: string;
  /** All that came, in order. */
  readonly requests: readonly ReceivedRequest[];
  /** The next requests meet these, one each. */
  fail(...faults: readonly Fault[]): void;
  /** As `fail`, for requests whose `<method> <path>` matches. */
  failOn(pattern: RegExp, ...faults: readonly Fault[]): void;
  /** As `failOn`, for all requests from now on, until `heal`. */
  failAlways(pattern: RegExp, fault: Fault): void;
  /** No request meets a fault any more. */
  heal(): void;
  /** How many were made so far. */
  connections(): number;
  close(): Promise<void>;
}

/** Starts a service that answers as `answer` says. With `tls` it speaks HTTPS. */
export async function fakeHttpService(
  answer: (request: ReceivedRequest) => FakeAnswer,
  tls?: ServerOptions,
): Promise<FakeHttpService> {
  const requests: ReceivedRequest[] = [];
  const faults: { readonly pattern: RegExp; readonly fault: Fault; readonly stays?: boolean }[] = [];
  const serve = async (incoming: IncomingMessage, response: ServerResponse) => {
    const request = await received(incoming);
    requests.push(request);
    const line = `${request.method} ${request.path}`;
    const index = faults.findIndex(({ pattern }) => pattern.test(line));
    const met = faults[index];
    if (met !== undefined && met.stays !== true) faults.splice(index, 1);
    await meet(met?.fault, response, () => answer(request));
  };
  const listener = (incoming: IncomingMessage, response: ServerResponse) =>
    void serve(incoming, response).catch((error: unknown) => response.destroy(error as Error));
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    requests,
    fail: (...more) => void faults.push(...more.map((fault) => ({ pattern: /^/, fault }))),
    failOn: (pattern, ...more) => void faults.push(...more.map((fault) => ({ pattern, fault }))),
    failAlways: (pattern, fault) => void faults.push({ pattern, fault, stays: true }),
    heal: () => void faults.splice(0),
    connections: () => connections,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function received(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { method = '', url = '', headers } = incoming;
  const body = Buffer.concat(chunks).toString();
  return { method, path: url, headers: headers as ReceivedRequest['headers'], body };
}

async function meet(
  fault: Fault | undefined,
  response: ServerResponse,
  right: () => FakeAnswer,
): Promise<void> {
  if (fault === 'reset' || fault === 'reset after') {
    if (fault === 'reset after') right();
    response.socket?.resetAndDestroy();
    return;
  }
  if (fault === 'cut off') {
    response.writeHead(200, { 'content-length': '1000' }).write('{"begun": ');
    setTimeout(() => response.destroy(), 10);
    return;
  }
  const { status, headers, body } = fault !== undefined && 'status' in fault ? fault : right();
  if (fault !== undefined && 'late' in fault) {
    if (fault.stalls === true) response.writeHead(status, headers).write('{');
    await new Promise((resolve) => void setTimeout(resolve, fault.late).unref());
    if (fault.stalls === true) return void response.destroy();
  }
  response.writeHead(status, headers).end(body);
}
