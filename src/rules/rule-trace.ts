import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { Change } from '../nodes/plan.ts';
import type { Condition } from './rule.ts';

/** One condition that was checked, and what it saw. */
export interface ConditionTrace extends Condition {
  /** The values of the field as far as they were looked at, at most ten; long ones are told in words. */
  readonly values: readonly JsonValue[];
  /** Whether the rule goes on; with `invert` and `multiple`. */
  readonly holds: boolean;
}

/** One action that was run, and what it changed. */
export interface ActionTrace {
  readonly action: string;
  /** As they were applied, with `{data[...]}` replaced; secrets are masked. */
  readonly params: JsonObject;
  /** Secrets are masked. */
  readonly changes: readonly Change[];
}

/** What became of a rule. */
export type RuleOutcome =
  /** Its actions were run. */
  | 'applied'
  /** The last of `conditions` did not hold. */
  | 'not-matched'
  /** It is for nodes of another scope. */
  | 'other-scope'
  /** It cannot be evaluated, as `error` says, and was left out. */
  | 'unusable'
  /** It failed the introspection, as `error` says. */
  | 'failed'
  /** Its conditions hold, but another rule failed before its actions could be run. */
  | 'not-run';

/** What a rule saw and did in one introspection, for the account of why things happened. */
export interface RuleTrace {
  readonly uuid: string;
  readonly description: string | null;
  readonly scope: string | null;
  readonly outcome: RuleOutcome;
  /** Those that were checked, up to the first that did not hold. */
  readonly conditions: readonly ConditionTrace[];
  readonly actions: readonly ActionTrace[];
  readonly error?: string;
}
