import { InspectorError } from '../../errors/inspector-error.ts';
import type { OperationDocumentation } from '../../json/documented-operation.ts';
import { isObject, type JsonObject, type JsonValue } from '../../json/json-value.ts';
import type { BaseUrl } from './links.ts';
import type { Query } from './query.ts';

/** A request as a route sees it. */
export interface Call {
  /** The minor API version that it asks for. */
  readonly minor: number;
  /** The variable parts of the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  /** `undefined` when there is none. */
  readonly body: JsonValue | undefined;
  readonly base: BaseUrl;
  /** The request's name in the log. */
  readonly requestId: string;
}

/** What a route says in reply. */
export interface Answer {
  readonly status: 200 | 201 | 202 | 204;
  readonly body?: JsonValue;
  /** For the header of that name. */
  readonly location?: string;
}

/** One operation of the API. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** After `/v1`, with `:name` for what varies. */
  readonly path: string;
  /** The minor API version that brought it; to older clients it is not there. */
  readonly since?: number;
  /** What the OpenAPI document says of it, with examples that a test sends. */
  readonly documentation: OperationDocumentation;
  handle(call: Call): Answer | Promise<Answer>;
}

/** A variable part of the path, which the route has by its pattern. */
export function paramOf(call: Call, name: string): string {
  return call.params[name] ?? '';
}

/** @throws InspectorError `invalid` when the body is no object; none at all counts as an empty one. */
export function objectOf({ body }: Call, what: string): JsonObject {
  if (body === undefined) return {};
  if (isObject(body)) return body;
  throw new InspectorError(
    'invalid',
    `Schema error for ${what}: expected an object, got ${JSON.stringify(body).slice(0, 100)}`,
  );
}

/** @throws InspectorError `invalid` for a member that the operation does not take. */
export function only(body: JsonObject, ...names: readonly string[]): JsonObject {
  const unexpected = Object.keys(body).filter((name) => !names.includes(name));
  if (unexpected.length === 0) return body;
  throw new InspectorError('invalid', `Unexpected arguments: ${unexpected.join(', ').slice(0, 300)}`);
}

/** A text that the operation cannot do without. */
export function requiredText(body: JsonObject, name: string): string {
  const value = body[name];
  if (value === undefined) throw new InspectorError('invalid', `Missing mandatory parameter: ${name}`);
  if (typeof value === 'string') return value;
  throw new InspectorError('invalid', `Expected string for ${name}: ${JSON.stringify(value).slice(0, 100)}`);
}
