import type { request } from 'undici';
import type { Logger } from '../logging/logger.ts';
import { withinLimits } from './answer-limits.ts';
import { NoAnswer } from './no-answer.ts';
import { type OpenDispatcher, openDispatcher } from './open-dispatcher.ts';
import type { Proxies } from './proxies.ts';
import type { TlsFiles } from './tls-files.ts';
import { readTlsFiles } from './tls-files.ts';

export type { Proxies } from './proxies.ts';

/** One HTTP request to another service. */
export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Sending it twice does no harm although its method promises no such thing. */
  readonly isRepeatable?: boolean;
  /** Where messages about it go, in place of the client's own log. */
  readonly log?: Logger | undefined;
}

/** What came back, with any status. */
export interface HttpAnswer {
  readonly status: number;
  /** By their names in lower case; the first value where a name is repeated. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Sends requests over connections that stay open between them. */
export interface HttpTransport {
  /** @throws NoAnswer when there is none in time. */
  send(request: HttpRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/** How connections are made. */
export interface TransportSettings extends TlsFiles {
  /**
   * Seconds to connect, to wait for the beginning of an answer, and between two pieces of it. A request that is under
   * way for `totalTimeouts` times as long is given up in any case.
   */
  readonly timeoutSeconds: number;
  readonly proxies?: Proxies | undefined;
  /** Open at once to one server. */
  readonly mostConnections?: number;
  /** Bytes of an answer. */
  readonly largestAnswer?: number;
}

/** A connection that has not come about by then never will. */
const longestConnect = 30;

/** One time-out for the request to get there, one for the answer to begin, and one for all of it. */
const totalTimeouts = 3;

/** HTTP over undici, which is loaded, like the certificates, with the first request. */
export function undiciTransport(settings: TransportSettings): HttpTransport {
  let opening: Promise<Opened> | undefined;
  return {
    async send({ method, url, headers, body }) {
      // What could not be opened is tried anew: an operator may have put the missing file in its place.
      opening ??= open(settings).catch((error: unknown) => {
        opening = undefined;
        throw error;
      });
      const { dispatchers, request: sendRequest } = await opening;
      const what = `${method} ${shownUrl(url)}`;
      try {
        const answer = await sendRequest(url, {
          dispatcher: dispatchers.of(new URL(url)),
          method,
          ...(headers === undefined ? {} : { headers }),
          ...(body === undefined ? {} : { body }),
        });
        const bytes = Buffer.from(await answer.body.arrayBuffer());
        if (answer.statusCode === 407) throw new Error('the proxy refuses our credentials (407)');
        return { status: answer.statusCode, headers: firstValues(answer.headers), body: bytes };
      } catch (cause) {
        throw new NoAnswer(what, cause);
      }
    },
    async close() {
      const opened = await opening?.catch(() => undefined);
      await opened?.dispatchers.destroy();
    },
  };
}

/** A URL without what may be secret in it: user, password and query. */
export function shownUrl(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? 'an address that is no URL' : `${parsed.origin}${parsed.pathname}`;
}

interface Opened {
  readonly dispatchers: OpenDispatcher;
  readonly request: typeof request;
}

async function open(settings: TransportSettings): Promise<Opened> {
  const tls = await readTlsFiles(settings);
  const undici = await import('undici');
  const timeout = settings.timeoutSeconds * 1000;
  const dispatchers = openDispatcher(undici, {
    tls,
    connectTimeout: Math.min(timeout, longestConnect * 1000),
    timeout,
    connections: settings.mostConnections ?? 32,
    proxies: settings.proxies,
    limits: withinLimits({
      time: timeout * totalTimeouts,
      size: settings.largestAnswer ?? 256 * 1024 * 1024,
    }),
  });
  return { dispatchers, request: undici.request };
}

function firstValues(headers: Readonly<Record<string, string | string[] | undefined>>) {
  const first = Object.entries(headers).map(([name, value]) => [name, [value].flat()[0] ?? ''] as const);
  return Object.fromEntries(first);
}
