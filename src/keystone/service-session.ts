import { InspectorError } from '../errors/inspector-error.ts';
import { authenticationOf } from './authentication.ts';
import { endpointIn } from './catalogue.ts';
import type { ClientSettings } from './client-options.ts';
import { endpointText } from './endpoint-text.ts';
import {
  type HttpAnswer,
  type HttpRequest,
  type HttpTransport,
  type Proxies,
  undiciTransport,
} from './http-transport.ts';
import { interfacesOf } from './interfaces.ts';
import { type RetrySurroundings, retryingTransport } from './retrying-transport.ts';
import { requestToken, type Token } from './token.ts';
import { TokenSource } from './token-source.ts';

/** A request to the service of a session. */
export interface ServiceRequest extends Omit<HttpRequest, 'url'> {
  /** Below the endpoint, with a slash before it; percent-encoded where needed. */
  readonly path: string;
}

/** Authenticated requests to one service. */
export interface ServiceSession {
  /**
   * Any answer, errors included. After a 401 the request is sent once more with a new token.
   *
   * @throws InspectorError `unavailable` when there is no answer or no endpoint, `forbidden` when Keystone refuses
   *   the credentials.
   */
  send(request: ServiceRequest): Promise<HttpAnswer>;
  /** The URL of the service, without a slash at its end. */
  endpoint(): Promise<string>;
  /** Closes the connections; requests under way fail. */
  close(): Promise<void>;
}

/** What a session is made from. */
export interface SessionParts extends RetrySurroundings {
  /** The section of the settings, for errors: `swift`. */
  readonly section: string;
  readonly settings: ClientSettings;
  /** The codes to try again after, where `retriable_status_codes` is unset. */
  readonly retriableStatusCodes?: readonly number[];
  readonly proxies?: Proxies | undefined;
  /** Takes the place of undici in tests. */
  readonly transport?: HttpTransport;
}

/** Seconds, where `timeout` is unset: the original waits for ever (docs/compatibility.md, client-timeout). */
const defaultTimeout = 60;

/**
 * A session over the settings of a section. Nothing is sent before it is used.
 *
 * @throws InspectorError `invalid` naming the option that is missing or wrong; the original finds out at the
 *   first use (docs/compatibility.md, credentials-checked-at-start).
 */
export function openServiceSession(parts: SessionParts): ServiceSession {
  const { section, settings } = parts;
  const authentication = authenticationOf(credentialSectionOf(parts), settings);
  const transport = transportOf(parts);
  if (authentication.kind === 'fixed') {
    const endpoint = settings.endpoint_override || authentication.endpoint;
    if (!endpoint) {
      throw new InspectorError(
        'invalid',
        `[${section}]endpoint_override: expected the URL of the service, as auth_type is ${settings.auth_type}`,
      );
    }
    return fixedSession(endpointText(section, endpoint), authentication.headers, transport);
  }
  const { authUrl, body } = authentication;
  const request = { section: credentialSectionOf(parts), authUrl, body };
  const tokens = new TokenSource((log) => requestToken({ ...request, log }, transport), parts.now);
  return tokenSession(parts, interfacesOf(section, settings), tokens, transport);
}

function fixedSession(
  endpoint: string,
  headers: Readonly<Record<string, string>>,
  transport: HttpTransport,
): ServiceSession {
  return {
    endpoint: async () => endpoint,
    send: ({ path, ...request }) =>
      transport.send({ ...request, url: endpoint + path, headers: { ...headers, ...request.headers } }),
    close: () => transport.close(),
  };
}

function tokenSession(
  { section, settings }: SessionParts,
  interfaces: readonly string[],
  tokens: TokenSource,
  transport: HttpTransport,
): ServiceSession {
  const query = {
    section,
    interfaces,
    serviceType: settings.service_type,
    serviceName: settings.service_name || null,
    region: settings.region_name || null,
  };
  const endpointFor = (token: Token) => {
    if (settings.endpoint_override) return endpointText(section, settings.endpoint_override, token);
    try {
      return endpointText(section, endpointIn(token.catalogue, query));
    } catch (error) {
      // The next token brings a new catalogue, in which the endpoint may be.
      tokens.discard(token);
      throw error;
    }
  };
  const attempt = ({ path, ...request }: ServiceRequest, token: Token) => {
    const headers = { 'x-auth-token': token.id, ...request.headers };
    return transport.send({ ...request, url: endpointFor(token) + path, headers });
  };
  return {
    endpoint: async () => endpointFor(await tokens.get()),
    async send(request) {
      const token = await tokens.get(request.log);
      const answer = await attempt(request, token);
      if (answer.status !== 401) return answer;
      tokens.discard(token);
      return attempt(request, await tokens.get(request.log));
    },
    close: () => transport.close(),
  };
}

/** Where the credentials stand, for errors. */
function credentialSectionOf({ section, settings }: SessionParts): string {
  return settings.auth_section || section;
}

function transportOf(parts: SessionParts): HttpTransport {
  const { settings, proxies } = parts;
  const tlsSection = credentialSectionOf(parts);
  const { cafile, certfile, keyfile, insecure, timeout } = settings;
  const timeoutSeconds = timeout !== null && timeout > 0 ? timeout : defaultTimeout;
  const transport =
    parts.transport ??
    undiciTransport({ section: tlsSection, cafile, certfile, keyfile, insecure, timeoutSeconds, proxies });
  const policy = {
    connectRetries: settings.connect_retries ?? 1,
    connectRetryDelay: settings.connect_retry_delay,
    statusCodeRetries: settings.status_code_retries ?? 0,
    statusCodeRetryDelay: settings.status_code_retry_delay,
    statusCodes: statusCodesOf(parts),
  };
  return retryingTransport(transport, policy, parts);
}

/** @throws InspectorError `invalid` for anything but whole numbers. */
function statusCodesOf({ section, settings, retriableStatusCodes = [503] }: SessionParts): readonly number[] {
  const given = settings.retriable_status_codes;
  if (given === null || given.length === 0) return retriableStatusCodes;
  const wrong = given.find((code) => !/^[1-5]\d\d$/.test(code));
  if (wrong === undefined) return given.map(Number);
  throw new InspectorError(
    'invalid',
    `[${section}]retriable_status_codes: expected HTTP codes such as 503, got "${wrong}"`,
  );
}
