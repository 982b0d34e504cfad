import { request } from 'undici';
import { InspectorError, messageOf } from '../../errors/inspector-error.ts';
import { isObject, type JsonObject } from '../../json/json-value.ts';

/** Calls to the demo's own service. */
export interface DemoClient {
  readonly url: string;
  /**
   * @throws InspectorError `internal` with the service's own message, `unavailable` when it does not answer.
   */
  get(path: string): Promise<JsonObject>;
  post(path: string): Promise<void>;
}

const patience = 10_000;

/** A client of the service at this URL. */
export function demoClient(url: string): DemoClient {
  const call = async (method: 'GET' | 'POST', path: string): Promise<JsonObject> => {
    const { status, text } = await exchange(method, url, path);
    const answer = parsed(text);
    if (status < 300) return answer;
    throw new InspectorError(
      'internal',
      `${method} ${path} was answered with ${status}: ${reasonIn(answer) ?? text.trim()}`,
    );
  };
  return { url, get: (path) => call('GET', path), post: async (path) => void (await call('POST', path)) };
}

/** Whether what listens there is a service of this kind. */
export async function answersAsService(client: DemoClient): Promise<boolean> {
  try {
    return Array.isArray((await client.get('/')).versions);
  } catch {
    return false;
  }
}

async function exchange(
  method: 'GET' | 'POST',
  url: string,
  path: string,
): Promise<{ status: number; text: string }> {
  // Without it the bare metal API answers as its first version did, as Ironic does.
  const headers = { 'X-OpenStack-Ironic-API-Version': 'latest' };
  const options = { method, headers, headersTimeout: patience, bodyTimeout: patience };
  try {
    const { statusCode, body } = await request(`${url}${path}`, options);
    return { status: statusCode, text: await body.text() };
  } catch (error) {
    throw new InspectorError('unavailable', `The service at ${url} does not answer: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function parsed(text: string): JsonObject {
  try {
    const answer: unknown = JSON.parse(text);
    return isObject(answer) ? answer : {};
  } catch {
    return {};
  }
}

/** Either API has its own shape of errors; that of the bare metal API is JSON within JSON. */
function reasonIn({ error, error_message: fault }: JsonObject): string | undefined {
  const reason = isObject(error)
    ? error.message
    : typeof fault === 'string'
      ? parsed(fault).faultstring
      : undefined;
  return typeof reason === 'string' ? reason : undefined;
}
