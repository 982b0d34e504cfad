import type { JsonObject } from '../json/json-value.ts';
import type { ParsedJson } from '../json/parse-json.ts';

/** Where a call comes from; plain data, as it also goes from process to process. */
export interface RequestContext {
  /** The request's name in the log. */
  readonly requestId: string;
}

/**
 * All that the API asks of a conductor: a function call within one process, a message between processes.
 * Each throws `InspectorError`; what it throws is what the client is told. All that it logs names the request.
 */
export interface ConductorApi {
  /** Starts an introspection; with `manageBoot` false the preparation is done when it returns. */
  start(node: string, options: { manageBoot: boolean }, from?: RequestContext): Promise<void>;
  abort(node: string, from?: RequestContext): Promise<void>;
  /** With `undefined` the stored data is used. */
  reapply(node: string, data: ParsedJson<JsonObject> | undefined, from?: RequestContext): Promise<void>;
  /** The ramdisk's callback. Returns once everything but power-off and the end state is done. */
  continue(data: ParsedJson<JsonObject>, from?: RequestContext): Promise<{ uuid: string }>;
}
