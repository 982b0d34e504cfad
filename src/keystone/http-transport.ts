import type { Agent, EnvHttpProxyAgent, request } from 'undici';
import { NoAnswer } from './no-answer.ts';
import type { TlsFiles } from './tls-files.ts';
import { readTlsFiles } from './tls-files.ts';

/** One HTTP request to another service. */
export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Sending it twice does no harm although its method promises no such thing. */
  readonly isRepeatable?: boolean;
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

/** Proxies as the usual environment variables name them; empty for none. */
export interface Proxies {
  /** `http_proxy`: `http://proxy:3128`. */
  readonly http: string;
  readonly https: string;
  /** `no_proxy`: names and addresses that are reached directly, comma-separated. */
  readonly except: string;
}

/** How connections are made. */
export interface TransportSettings extends TlsFiles {
  /** Seconds to connect, to wait for the beginning of an answer, and between two pieces of it. */
  readonly timeoutSeconds: number;
  readonly proxies?: Proxies | undefined;
  /** Open at once to one server. */
  readonly mostConnections?: number;
  /** Bytes of an answer. */
  readonly largestAnswer?: number;
}

/** A connection that has not come about by then never will. */
const longestConnect = 30;

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
      const { dispatcher, request: sendRequest } = await opening;
      try {
        const answer = await sendRequest(url, {
          dispatcher,
          method,
          ...(headers === undefined ? {} : { headers }),
          ...(body === undefined ? {} : { body }),
        });
        const bytes = Buffer.from(await answer.body.arrayBuffer());
        return { status: answer.statusCode, headers: firstValues(answer.headers), body: bytes };
      } catch (cause) {
        throw new NoAnswer(`${method} ${shownUrl(url)}`, cause);
      }
    },
    async close() {
      const opened = await opening?.catch(() => undefined);
      await opened?.dispatcher.destroy();
    },
  };
}

/** A URL without what may be secret in it: user, password and query. */
export function shownUrl(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? 'an address that is no URL' : `${parsed.origin}${parsed.pathname}`;
}

interface Opened {
  readonly dispatcher: Agent | EnvHttpProxyAgent;
  readonly request: typeof request;
}

async function open(settings: TransportSettings): Promise<Opened> {
  const tls = await readTlsFiles(settings);
  const undici = await import('undici');
  const timeout = settings.timeoutSeconds * 1000;
  const connect = { ...tls, timeout: Math.min(timeout, longestConnect * 1000) };
  const options = {
    connect,
    headersTimeout: timeout,
    bodyTimeout: timeout,
    connections: settings.mostConnections ?? 32,
    maxResponseSize: settings.largestAnswer ?? 256 * 1024 * 1024,
  };
  const { http = '', https = '', except = '' } = settings.proxies ?? {};
  if (http === '' && https === '') return { dispatcher: new undici.Agent(options), request: undici.request };
  const proxies = { httpProxy: http, httpsProxy: https, noProxy: except };
  const dispatcher = new undici.EnvHttpProxyAgent({ ...options, requestTls: connect, ...proxies });
  return { dispatcher, request: undici.request };
}

function firstValues(headers: Readonly<Record<string, string | string[] | undefined>>) {
  const first = Object.entries(headers).map(([name, value]) => [name, [value].flat()[0] ?? ''] as const);
  return Object.fromEntries(first);
}
