import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { looksSecret, maskSecrets } from '../logging/mask-secrets.ts';
import type { Rule } from '../rules/rule.ts';
import type { ActionTrace, ConditionTrace, RuleTrace } from '../rules/rule-trace.ts';
import { told } from './hook-account.ts';

/** Parts of the data that a text asks for; more than these nobody reads. */
const mostInputs = 50;

/** What a rule saw and did, as it is kept: secrets are masked, and its changes are kept with the others. */
export function ruleAccount(trace: RuleTrace, rule: Rule | undefined): JsonObject {
  const { uuid, description, scope, outcome, conditions, actions, error } = trace;
  return {
    uuid,
    description,
    scope,
    outcome,
    conditions: conditions.map(conditionAccount),
    actions: actions.map((action, index) => actionAccount(action, rule?.actions[index]?.params)),
    error: error === undefined ? null : told(error),
  };
}

function conditionAccount({
  op,
  field,
  multiple,
  invert,
  params,
  values,
  holds,
}: ConditionTrace): JsonObject {
  const isSecret = looksSecret(field);
  return {
    op,
    field,
    multiple,
    invert,
    params: isSecret ? '***' : (maskSecrets(params) as JsonObject),
    values: values.map((value) => (isSecret ? '***' : (maskSecrets(value) as JsonValue))),
    holds,
  };
}

function actionAccount({ action, params, changes }: ActionTrace, given: JsonObject | undefined): JsonObject {
  return { action, params, changes: changes.length, inputs: inputsOf(given ?? {}) };
}

/** Which parts of the data `{data[...]}` in the texts of a rule ask for: `data[inventory][cpu][count]`. */
function inputsOf(value: JsonValue): string[] {
  const found = new Set<string>();
  const look = (one: JsonValue): void => {
    if (typeof one === 'string') {
      for (const [, input = ''] of one.matchAll(/\{(data[^{}!:]{0,500})/g)) found.add(input);
    } else if (typeof one === 'object' && one !== null) Object.values(one).forEach(look);
  };
  look(value);
  return [...found].slice(0, mostInputs);
}
