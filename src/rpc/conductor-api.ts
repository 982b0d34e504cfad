import type { JsonObject } from '../json/json-value.ts';
import type { ParsedJson } from '../json/parse-json.ts';

/**
 * All that the API asks of a conductor: a function call within one process, a message between processes.
 * Each throws `InspectorError`; what it throws is what the client is told.
 */
export interface ConductorApi {
  /** Starts an introspection; with `manageBoot` false the preparation is done when it returns. */
  start(node: string, options: { manageBoot: boolean }): Promise<void>;
  abort(node: string): Promise<void>;
  /** With `undefined` the stored data is used. */
  reapply(node: string, data: ParsedJson<JsonObject> | undefined): Promise<void>;
  /** The ramdisk's callback. Returns once everything but power-off and the end state is done. */
  continue(data: ParsedJson<JsonObject>): Promise<{ uuid: string }>;
}
