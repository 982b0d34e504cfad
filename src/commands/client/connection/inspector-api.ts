import { InspectorError } from '../../../errors/inspector-error.ts';
import { isObject, type JsonValue } from '../../../json/json-value.ts';
import { type ParsedJson, parseJson } from '../../../json/parse-json.ts';
import type { HttpAnswer } from '../../../keystone/http-transport.ts';
import type { ServiceSession } from '../../../keystone/service-session.ts';
import { ApiError } from './api-error.ts';

/** A request below `/v1`. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Parts of the path, not encoded: `['introspection', 'node-1', 'abort']`. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonValue | string;
}

/** The API of a service, as the commands use it. */
export interface InspectorApi {
  /** @throws ApiError for an answer of 400 and above, InspectorError where there is none. */
  send(request: ApiRequest): Promise<HttpAnswer>;
  /** The same for an answer that has to be JSON. */
  read(request: ApiRequest): Promise<ParsedJson>;
  /** The service's root: its URL, and the versions it offers; needs no credentials at the service. */
  root(): Promise<{ readonly url: string; readonly headers: HttpAnswer['headers'] }>;
}

const versionHeader = 'x-openstack-ironic-inspector-api-version';

/** The API over a session; `opened` is called with the first request. */
export function inspectorApi(
  opened: () => Promise<ServiceSession>,
  apiVersion: () => Promise<string | undefined>,
): InspectorApi {
  const sendTo = async (method: ApiRequest['method'], path: string, body?: string): Promise<HttpAnswer> => {
    const session = await opened();
    const version = await apiVersion();
    const answer = await session.send({
      method,
      path,
      headers: {
        accept: 'application/json',
        ...(version === undefined ? {} : { [versionHeader]: version }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
    });
    if (answer.status >= 400) throw new ApiError(`${method} ${path}`, answer);
    return answer;
  };
  /** Catalogues and operators write the endpoint with and without the version. */
  const prefix = async () => ((await (await opened()).endpoint()).endsWith('/v1') ? '' : '/v1');
  const send = async ({ method, path, query, body }: ApiRequest) => {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    return sendTo(method, (await prefix()) + encodedPath(path) + queryText(query), text);
  };
  return {
    send,
    async read(request) {
      const { body } = await send(request);
      return parseJson(body);
    },
    async root() {
      const url = await (await opened()).endpoint();
      return { url, headers: (await sendTo('GET', url.endsWith('/v1') ? '' : '/')).headers };
    },
  };
}

/**
 * A name that is empty or made of dots would lead to another resource: `DELETE /v1/rules/.` deletes all rules.
 *
 * @throws InspectorError `invalid`
 */
function encodedPath(path: readonly string[]): string {
  const wrong = path.find((part) => /^\.{0,2}$/.test(part));
  if (wrong === undefined) return path.map((part) => `/${encodeURIComponent(part)}`).join('');
  throw new InspectorError('invalid', `Expected a name or a UUID, got "${wrong}"`);
}

function queryText(query: ApiRequest['query'] = {}): string {
  const text = new URLSearchParams(query).toString();
  return text === '' ? '' : `?${text}`;
}

/** The objects of a list in an answer. */
export function listIn(value: JsonValue, name: string) {
  const list = isObject(value) ? value[name] : undefined;
  if (Array.isArray(list)) return list.filter(isObject);
  throw new InspectorError('unavailable', `Expected a list of ${name} from the service, got something else`);
}

/** An answer that has to be an object. */
export function objectIn(value: JsonValue) {
  if (isObject(value)) return value;
  throw new InspectorError('unavailable', 'Expected an object from the service, got something else');
}
