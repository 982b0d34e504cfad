import type { JsonValue } from '../json/json-value.ts';
import { sortedJson } from '../json/sorted-json.ts';

/** A request as it came over the wire, whichever server took it. */
export interface HttpRequest {
  readonly method: string;
  /** The request target: `/v1/introspection?limit=1`. */
  readonly target: string;
  /** By lower-case name; repeated headers are joined by commas. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Whether it came over TLS. */
  readonly secure: boolean;
  /** The address and port that it came in on: `192.0.2.1:5050`. */
  readonly authority: string;
  /** The address of the other end of the connection; unset on a Unix socket. */
  readonly peer?: string | undefined;
  /** The name of the request in the log. */
  readonly id: string;
  readBody(): Promise<Uint8Array>;
}

/** An answer as it goes over the wire, but for `Content-Length`. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** In place of the body: what goes out piece by piece. */
  readonly stream?: { readonly pieces: AsyncIterable<string>; readonly ended: () => void };
}

/** A value as compact sorted JSON. */
export function jsonReply(status: number, value: JsonValue): HttpReply {
  return jsonTextReply(status, sortedJson(value));
}

/** JSON text that goes out as it is. */
export function jsonTextReply(status: number, text: string): HttpReply {
  return { status, headers: { 'Content-Type': 'application/json' }, body: text };
}

/** One header's value, as text. */
export function headerOf(request: Pick<HttpRequest, 'headers'>, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}
