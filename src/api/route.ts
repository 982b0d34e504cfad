import type { OperationDocumentation } from '../json/documented-operation.ts';
import type { JsonValue } from '../json/json-value.ts';
import type { Logger } from '../logging/logger.ts';
import type { Microversion } from './microversion.ts';

/** A request as routes see it: negotiated, matched, nothing read yet. */
export interface ApiRequest {
  /** The API version that the client asked for; the newest when it did not ask. */
  readonly version: Microversion;
  /** The first of repeated parameters wins: `get`. */
  readonly query: URLSearchParams;
  /** The request's name in the log. */
  readonly id: string;
  /** Names the request in every message. */
  readonly log: Logger;
  /** What stands in the path in place of `<name>`, decoded and not empty. */
  parameter(name: string): string;
  /** The absolute URL of a path of this API, as the client reaches it. */
  link(path: string): string;
  /**
   * All bytes of the body; empty when there is none.
   *
   * @throws InspectorError `too-large` beyond `[DEFAULT]max_request_body`, `unavailable` when too many
   *   bodies are being read already.
   */
  readBody(): Promise<Uint8Array>;
}

/** What a route answers: a value as compact sorted JSON, JSON text that goes out as it is, a page, lines, or nothing. */
export type RouteReply =
  | { readonly status: number; readonly body: JsonValue }
  | { readonly status: number; readonly text: string }
  | { readonly status: number; readonly html: string; readonly headers: Readonly<Record<string, string>> }
  | {
      readonly status: number;
      /** Each goes out as a line of JSON as soon as it is there. Closing the connection ends it. */
      readonly lines: AsyncIterable<JsonValue>;
      /** Called once, when the answer has ended in whatever way. */
      readonly ended: () => void;
    }
  | { readonly status: 204 };

/** One thing that a client can ask for. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/v1/introspection/<node>`: `<name>` stands for one segment. */
  readonly path: string;
  /** The rule of the policy that decides who may ask. */
  readonly policy: string;
  /** Whether it can be asked without credentials. */
  readonly public?: boolean;
  /** Whether it is left out of what `GET /v1` and `Allow` list, which is what the original lists. */
  readonly unlisted?: boolean;
  /** What the OpenAPI document says of it, with examples that a test sends. */
  readonly documentation: OperationDocumentation;
  /** @throws InspectorError what the client is told; anything else is a bug and becomes a 500. */
  handle(request: ApiRequest): Promise<RouteReply>;
}
