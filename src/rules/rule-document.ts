import type { ExactNumbers } from '../json/exact-numbers.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { Rule } from './rule.ts';

/** A rule as the API shows it, but for the links. Its numbers are in `exactNumbers` of the rule. */
export function ruleDocument({ exactNumbers, ...rule }: Rule): JsonObject {
  return {
    uuid: rule.uuid,
    description: rule.description,
    scope: rule.scope,
    conditions: rule.conditions.map(({ params, ...condition }) =>
      withNumbers(exactNumbers, params, { ...params, ...condition }),
    ),
    actions: rule.actions.map(({ params, action }) =>
      withNumbers(exactNumbers, params, { ...params, action }),
    ),
  };
}

function withNumbers(exactNumbers: ExactNumbers, params: JsonObject, copy: JsonObject): JsonObject {
  exactNumbers.follow(params, copy);
  return copy;
}
