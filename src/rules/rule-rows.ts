import type { DatabaseDialect } from '../database/dialect.ts';
import type { RuleActionsTable, RuleConditionsTable, RulesTable } from '../database/tables.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import { isObject, type JsonObject } from '../json/json-value.ts';
import { parseJson } from '../json/parse-json.ts';
import { pythonJson } from '../json/python-json.ts';
import type { Rule } from './rule.ts';

type ConditionRow = Omit<RuleConditionsTable, 'id'>;
type ActionRow = Omit<RuleActionsTable, 'id'>;

/** What a rule consists of in the database. */
export interface RuleRows {
  readonly rule: Pick<RulesTable, 'uuid' | 'description' | 'scope'>;
  /** In the order of their `id`. */
  readonly conditions: readonly Pick<ConditionRow, 'op' | 'field' | 'multiple' | 'invert' | 'params'>[];
  /** In the order of their `id`. */
  readonly actions: readonly Pick<ActionRow, 'action' | 'params'>[];
}

/** The rows that hold the conditions of a rule. */
export function conditionRows(rule: Rule, dialect: DatabaseDialect): ConditionRow[] {
  return rule.conditions.map(({ op, field, multiple, invert, params }) => ({
    rule: rule.uuid,
    op,
    field: dialect.storableText(field),
    multiple,
    invert: dialect.encodeBoolean(invert),
    params: pythonJson(params, rule.exactNumbers),
  }));
}

/** The rows that hold the actions of a rule. */
export function actionRows(rule: Rule): ActionRow[] {
  return rule.actions.map(({ action, params }) => ({
    rule: rule.uuid,
    action,
    params: pythonJson(params, rule.exactNumbers),
  }));
}

/**
 * The rule that rows hold. An `invert` of NULL, as in rows of old versions, means false.
 *
 * @throws InspectorError `internal` naming the rule, when parameters are no JSON.
 */
export function ruleOf({ rule, conditions, actions }: RuleRows, dialect: DatabaseDialect): Rule {
  const texts = [...conditions, ...actions].map(({ params }) => params || '{}');
  const { value, exactNumbers } = parseParams(rule.uuid, texts);
  return {
    ...rule,
    conditions: conditions.map(({ op, field, multiple, invert }, index) => ({
      op,
      field: field ?? '',
      multiple,
      invert: dialect.decodeBoolean(invert) ?? false,
      params: value[index] ?? {},
    })),
    actions: actions.map(({ action }, index) => ({
      action,
      params: value[conditions.length + index] ?? {},
    })),
    exactNumbers,
  };
}

/** All in one go, so that one `ExactNumbers` knows the numbers of the whole rule. */
function parseParams(uuid: string, texts: readonly string[]) {
  try {
    const { value, exactNumbers } = parseJson(Buffer.from(`[${texts.join(',')}]`));
    const items = Array.isArray(value) ? value : [];
    return { value: items.map((item): JsonObject => (isObject(item) ? item : {})), exactNumbers };
  } catch (cause) {
    throw new InspectorError(
      'internal',
      `Rule ${uuid} cannot be read: expected JSON in the params of its conditions and actions (${messageOf(cause)}). Delete the rule, and create it anew`,
      { cause },
    );
  }
}
