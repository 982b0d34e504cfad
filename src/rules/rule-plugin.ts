import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { Logger } from '../logging/logger.ts';
import type { NodeDraft } from '../nodes/node-draft.ts';
import type { Expression } from './python-regex/compile-expression.ts';
import type { PythonValue } from './python-value/python-value.ts';

/** The names of the parameters that a plug-in takes. */
export interface ParameterNames {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** What conditions and actions have in common. */
interface RulePlugin {
  /** `op` of a condition, `action` of an action. */
  readonly name: string;
  readonly parameters: ParameterNames;
  /** @throws InspectorError `invalid` with the reason, which becomes a part of the sentence for the client. */
  validate(params: JsonObject): void;
}

/** What a condition looks at. */
export interface ConditionContext {
  /** A value of the field; `null` for a field that is not there, where the condition allows that. */
  readonly field: JsonValue;
  readonly params: JsonObject;
  /** The field with 1 and 1.0 told apart. */
  readonly pythonField: () => PythonValue;
  /** A parameter with 1 and 1.0 told apart; `null` for one that is not given. */
  readonly pythonParameter: (name: string) => PythonValue;
  /**
   * A regular expression in Python's syntax, compiled once. It takes linear time; do not run expressions of rules
   * with anything else.
   *
   * @throws ExpressionError for one that cannot be compiled; the rule is left out then.
   */
  readonly expression: (source: string, options: { anchored: boolean }) => Expression;
}

/** Something that a rule can ask of a field. */
export interface ConditionPlugin extends RulePlugin {
  /** Whether a field that is not there counts as `null`; otherwise the rule does not match then. */
  readonly allowsMissingField: boolean;
  /**
   * Whether the field meets the condition. No side effects.
   *
   * @throws InspectorError `invalid` with the reason when the field's value makes no sense for it. The
   *   introspection fails then, with a message that names rule, condition, field and value as well.
   */
  check(context: ConditionContext): boolean;
}

/** What an action works on. */
export interface ActionContext {
  /** With `{data[...]}` replaced in the parameters that are formatted. */
  readonly params: JsonObject;
  /** Changes are written down as the rule's. */
  readonly node: NodeDraft;
  readonly log: Logger;
  /** A parameter with 1 and 1.0 told apart; `null` for one that is not given. */
  readonly pythonParameter: (name: string) => PythonValue;
}

/** Something that a rule can do. */
export interface ActionPlugin extends RulePlugin {
  /** Parameters in which `{data[...]}` stands for a part of the introspection data. */
  readonly formatted: readonly string[];
  /**
   * Changes the draft, and nothing else.
   *
   * @throws InspectorError with the reason; the introspection fails then, and the changes before it stand.
   */
  apply(context: ActionContext): void;
}

/** What can stand in a rule, by name. */
export interface RulePlugins {
  readonly conditions: ReadonlyMap<string, ConditionPlugin>;
  readonly actions: ReadonlyMap<string, ActionPlugin>;
}

/**
 * The check that most plug-ins need: nothing is missing and nothing is there that they do not know. A
 * parameter that is null counts as not given.
 *
 * @throws InspectorError `invalid` naming them in alphabetical order.
 */
export function checkParameters(params: JsonObject, { required, optional }: ParameterNames): void {
  const given = Object.keys(params).filter((name) => params[name] !== null);
  const missing = required.filter((name) => !given.includes(name)).sort();
  const known = new Set([...required, ...optional]);
  const unexpected = given.filter((name) => !known.has(name)).sort();
  const problems = [
    ...(missing.length > 0 ? [`missing required parameter(s): ${missing.join(', ')}`] : []),
    ...(unexpected.length > 0 ? [`unexpected parameter(s): ${unexpected.join(', ')}`] : []),
  ];
  if (problems.length > 0) throw new InspectorError('invalid', problems.join('; '));
}
