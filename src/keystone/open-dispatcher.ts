import type { Agent, Dispatcher, Pool, ProxyAgent } from 'undici';
import { type Proxies, proxyUrl } from './proxies.ts';
import { isExcepted } from './proxy-exceptions.ts';
import type { readTlsFiles } from './tls-files.ts';

/** The classes of undici that are used here; the module is loaded with the first request. */
interface Undici {
  readonly Agent: typeof Agent;
  readonly Pool: typeof Pool;
  readonly ProxyAgent: typeof ProxyAgent;
}

/** How connections are made. */
export interface ConnectionSettings {
  readonly tls: Awaited<ReturnType<typeof readTlsFiles>>;
  /** Milliseconds. */
  readonly connectTimeout: number;
  /** Milliseconds to the beginning of an answer, and between two pieces of it. */
  readonly timeout: number;
  /** Open at once to one server. */
  readonly connections: number;
  readonly proxies: Proxies | undefined;
  /** Goes with every request. */
  readonly limits: Dispatcher.DispatcherComposeInterceptor;
}

/** Sends requests, each directly or by a proxy. */
export interface OpenDispatcher {
  /** What requests for this URL are sent with. */
  of(url: URL): Dispatcher;
  /** Requests under way fail. */
  destroy(): Promise<void>;
}

/**
 * Opens connections as they are needed. Requests for https URLs go through a tunnel that the proxy makes, those for
 * http URLs are passed on by it.
 *
 * @throws InspectorError `invalid` for a proxy that is no URL.
 */
export function openDispatcher(undici: Undici, settings: ConnectionSettings): OpenDispatcher {
  const { connections, proxies, limits } = settings;
  const timeouts = { headersTimeout: settings.timeout, bodyTimeout: settings.timeout };
  const { cert, key, ...trust } = settings.tls;
  const identity = cert === undefined ? {} : { cert, key };
  const toProxy = { ...trust, timeout: settings.connectTimeout };
  const parts = { undici, toProxy, toServer: { ...toProxy, ...identity }, timeouts, connections };
  const direct = new undici.Agent({ ...timeouts, connections, connect: parts.toServer });
  const passedOn = proxies?.http ? passingOn(proxyUrl('http_proxy', proxies.http), parts) : direct;
  const tunnelled = proxies?.https ? tunnelling(proxyUrl('https_proxy', proxies.https), parts) : direct;
  const limited = {
    direct: direct.compose(limits),
    passedOn: passedOn.compose(limits),
    tunnelled: tunnelled.compose(limits),
  };
  return {
    of(url) {
      if (isExcepted(url, proxies?.except ?? '')) return limited.direct;
      return url.protocol === 'https:' ? limited.tunnelled : limited.passedOn;
    },
    destroy: async () => {
      await Promise.all([...new Set([direct, passedOn, tunnelled])].map((one) => one.destroy()));
    },
  };
}

interface Parts {
  readonly undici: Undici;
  readonly timeouts: { readonly headersTimeout: number; readonly bodyTimeout: number };
  readonly connections: number;
  /** For `tls.connect`. The client certificate is for the server alone. */
  readonly toProxy: object;
  readonly toServer: object;
}

/** undici's own proxy agent has one connection for all requests of this kind, and no time-outs (8.12). */
function passingOn(proxy: URL, { undici, toProxy, timeouts, connections }: Parts): Dispatcher {
  const pool = new undici.Pool(proxy.origin, { ...timeouts, connections, connect: toProxy });
  const credentials = authorization(proxy);
  const more = credentials === undefined ? {} : { 'proxy-authorization': credentials };
  return pool.compose((dispatch) => ({ origin = '', path, headers, ...request }, handler) => {
    const { host, origin: server } = new URL(origin);
    const sent = { ...(headers as Record<string, string> | undefined), ...more, host };
    return dispatch({ ...request, origin: proxy.origin, path: server + path, headers: sent }, handler);
  });
}

function tunnelling(proxy: URL, { undici, toProxy, toServer, timeouts, connections }: Parts): Dispatcher {
  const credentials = authorization(proxy);
  return new undici.ProxyAgent({
    ...timeouts,
    connections,
    uri: proxy.origin,
    ...(credentials === undefined ? {} : { token: credentials }),
    requestTls: toServer,
    proxyTls: toProxy,
    // A proxy may fall silent before there is a tunnel.
    clientFactory: (origin, given) => new undici.Pool(origin, { ...given, ...timeouts }),
  });
}

/** The header with the user and password of the proxy's URL. */
function authorization({ username, password }: URL): string | undefined {
  if (username === '') return undefined;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(credentials).toString('base64')}`;
}
