import type { Agent, Dispatcher } from 'undici';
import { InspectorError, messageOf } from '../../../errors/inspector-error.ts';
import { isObject, type JsonObject } from '../../../json/json-value.ts';
import { parseJson } from '../../../json/parse-json.ts';
import { readAuthorities } from './read-authorities.ts';
import type { RedfishSettings } from './redfish-settings.ts';

/** What a BMC answered. */
export interface RedfishAnswer {
  readonly status: number;
  /** Empty when the answer has no JSON object in it. */
  readonly body: JsonObject;
  /** The version of the resource, for `If-Match`. */
  readonly etag: string | undefined;
  /** The `Location` header, as a path on the same BMC. */
  readonly location: string | undefined;
  readonly token: string | undefined;
}

/** What a BMC is asked. */
export interface RedfishRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
}

/** Milliseconds that one request may take; BMCs are slow. */
const defaultTimeout = 60_000;
/** Bytes of an answer; a ComputerSystem has some ten thousand. */
const largestAnswer = 4 * 1024 * 1024;
const mostRedirects = 3;

/** Requests to one BMC, over undici, which is loaded with the first. It follows a redirect of a GET on that BMC, and none that leads elsewhere. */
export class RedfishConnection {
  readonly #agent: Agent;
  readonly #origin: string;
  readonly #timeout: number;

  private constructor(agent: Agent, origin: string, timeout: number) {
    this.#agent = agent;
    this.#origin = origin;
    this.#timeout = timeout;
  }

  /** @throws InspectorError `invalid` when the file with the authorities cannot be read. */
  static async open(
    { origin, verify }: RedfishSettings,
    timeout = defaultTimeout,
  ): Promise<RedfishConnection> {
    const tls =
      typeof verify === 'boolean'
        ? { rejectUnauthorized: verify }
        : { ca: await readAuthorities(verify.caFile) };
    const connect = { ...tls, timeout: Math.min(timeout, 10_000) };
    const undici = await import('undici');
    const agent = new undici.Agent({
      connect,
      headersTimeout: timeout,
      bodyTimeout: timeout,
      maxResponseSize: largestAnswer,
    });
    return new RedfishConnection(agent, origin, timeout);
  }

  /**
   * Any answer, errors included.
   *
   * @throws InspectorError `unavailable` when there is none.
   */
  async send({ method, path, headers, body }: RedfishRequest): Promise<RedfishAnswer> {
    let url = this.#urlOf(path);
    for (let redirects = 0; ; redirects++) {
      const { status, answer, location } = await this.#once(method, url, headers, body);
      const isRedirect = method === 'GET' && [301, 302, 307, 308].includes(status) && location !== undefined;
      if (!isRedirect || redirects === mostRedirects) return answer;
      url = this.#urlOf(location);
    }
  }

  /** @throws InspectorError `invalid` when the BMC names a place that is not on it. */
  #urlOf(path: string): URL {
    const url = URL.parse(path, this.#origin);
    if (url?.origin === this.#origin) return url;
    throw new InspectorError(
      'invalid',
      `Redfish: expected a path on ${this.#origin}, got ${path.slice(0, 200)}`,
    );
  }

  async #once(
    method: Dispatcher.HttpMethod,
    url: URL,
    headers: RedfishRequest['headers'],
    body?: JsonObject,
  ) {
    try {
      const response = await this.#agent.request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method,
        signal: AbortSignal.timeout(this.#timeout),
        headers: {
          accept: 'application/json',
          'odata-version': '4.0',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const bytes = new Uint8Array(await response.body.arrayBuffer());
      const document = jsonObjectOf(bytes);
      const header = (name: string) => [response.headers[name]].flat()[0];
      const location = header('location');
      const etag = header('etag') ?? document['@odata.etag'];
      const answer = {
        status: response.statusCode,
        body: document,
        etag: typeof etag === 'string' ? etag : undefined,
        location,
        token: header('x-auth-token'),
      };
      return { status: response.statusCode, answer, location };
    } catch (cause) {
      throw new InspectorError('unavailable', `Redfish: ${method} ${url.href} failed: ${messageOf(cause)}`, {
        cause,
      });
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}

/** BMCs answer with nothing, or with a web page, where an object is expected. */
function jsonObjectOf(bytes: Uint8Array): JsonObject {
  try {
    const { value } = parseJson(bytes);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
