import { InspectorError } from '../../../errors/inspector-error.ts';
import { isObject, type JsonValue } from '../../../json/json-value.ts';
import type { HttpAnswer } from '../../../keystone/http-transport.ts';

/** No more of an answer that is no error of the API is shown. */
const mostShown = 200;

/** The service refuses a request; the message is what it said. */
export class ApiError extends InspectorError {
  readonly status: number;

  constructor(request: string, { status, body }: HttpAnswer) {
    super(
      status === 404 ? 'not-found' : status >= 500 ? 'unavailable' : 'invalid',
      text(request, status, body),
    );
    this.name = 'ApiError';
    this.status = status;
  }
}

function text(request: string, status: number, body: Buffer): string {
  const said = messageIn(body);
  if (said === undefined) {
    const shown = body.toString('utf8', 0, mostShown).trim();
    return `${request} answered ${status}${shown === '' ? '' : `: ${shown}`}`;
  }
  if (status !== 401) return said;
  return `${said}: expected credentials that the service takes, see --os-cloud and --os-auth-type`;
}

function messageIn(body: Buffer): string | undefined {
  try {
    const value = JSON.parse(body.toString()) as JsonValue;
    const error = isObject(value) ? value['error'] : undefined;
    return isObject(error) && typeof error['message'] === 'string' ? error['message'] : undefined;
  } catch {
    return undefined;
  }
}
