import type { JsonObject } from '../json/json-value.ts';
import type { ParsedJson } from '../json/parse-json.ts';
import type { Logger } from '../logging/logger.ts';
import type { NodeDraft } from '../nodes/node-draft.ts';

/** What rules are evaluated on. */
export interface RuleSubject {
  /** The introspection data as the hooks left it. */
  readonly data: ParsedJson<JsonObject>;
  /** The node with the hooks' changes in it. */
  readonly node: NodeDraft;
  readonly log: Logger;
}
