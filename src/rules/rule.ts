import type { ExactNumbers } from '../json/exact-numbers.ts';
import type { JsonObject } from '../json/json-value.ts';

/** Which of several values of a field have to meet a condition: the first, any, or all of them. */
export type Multiple = 'all' | 'any' | 'first';

/** What a rule asks for. */
export interface Condition {
  /** The name of a condition plug-in. */
  readonly op: string;
  /** `scheme://path`, as it was given. */
  readonly field: string;
  /** Of rows of another service it may be a word that we do not know. */
  readonly multiple: Multiple | (string & {});
  readonly invert: boolean;
  /** For the plug-in; without the members above. */
  readonly params: JsonObject;
}

/** What a rule does. */
export interface Action {
  /** The name of an action plug-in. */
  readonly action: string;
  /** For the plug-in; without the name. */
  readonly params: JsonObject;
}

/** An introspection rule. All conditions must hold for the actions to be run, in their order. */
export interface Rule {
  /** As it was given: in any spelling. */
  readonly uuid: string;
  readonly description: string | null;
  /** The rule is for nodes whose `properties/inspection_scope` is this; empty or null: for all nodes. */
  readonly scope: string | null;
  readonly conditions: readonly Condition[];
  readonly actions: readonly Action[];
  /** Of the numbers in all `params`: whether one was written as `1` or `1.0` decides how it is compared. */
  readonly exactNumbers: ExactNumbers;
}

/** What the list of rules shows of one. */
export type RuleSummary = Pick<Rule, 'uuid' | 'description' | 'scope'>;

/** The same with its priority: rules of a higher one are run first. */
export type PrioritizedRule = RuleSummary & { readonly priority: number };
