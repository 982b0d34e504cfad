import { request } from 'undici';
import { InspectorError } from '../../errors/inspector-error.ts';
import { isObject, type JsonObject } from '../../json/json-value.ts';

/** Calls to the demo's own service. */
export interface DemoClient {
  readonly url: string;
  /** @throws InspectorError `internal` with the service's own message. */
  get(path: string): Promise<JsonObject>;
  post(path: string): Promise<void>;
}

const patience = 10_000;

/** A client of the service at this URL. */
export function demoClient(url: string): DemoClient {
  const call = async (method: 'GET' | 'POST', path: string): Promise<JsonObject> => {
    // Without it the bare metal API answers as its first version did, as Ironic does.
    const headers = { 'X-OpenStack-Ironic-API-Version': 'latest' };
    const options = { method, headers, headersTimeout: patience, bodyTimeout: patience };
    const { statusCode, body } = await request(`${url}${path}`, options);
    const text = await body.text();
    if (statusCode >= 300)
      throw new InspectorError('internal', `${method} ${path}: ${statusCode} ${text.trim()}`);
    const answer: unknown = text === '' ? {} : JSON.parse(text);
    return isObject(answer) ? answer : {};
  };
  return { url, get: (path) => call('GET', path), post: async (path) => void (await call('POST', path)) };
}
