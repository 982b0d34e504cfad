import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonObject } from '../json/json-value.ts';

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

/** Something that a rule can ask of a field. */
export interface ConditionPlugin extends RulePlugin {
  /** Whether a field that is not there counts as `null`; otherwise the rule does not match then. */
  readonly allowsMissingField: boolean;
}

/** Something that a rule can do. */
export interface ActionPlugin extends RulePlugin {
  /** Parameters in which `{data[...]}` stands for a part of the introspection data. */
  readonly formatted: readonly string[];
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
