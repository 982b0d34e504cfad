import { type JsonObject, type JsonValue, objectsIn } from '../json/json-value.ts';
import type { Change } from '../nodes/plan.ts';

/** What an account is without one: a run of an older release, or one that was cut short. */
const noAccount: JsonObject = {
  kind: null,
  began_at: null,
  found_by: null,
  hooks: [],
  ruled_at: null,
  rules: [],
  sent: [],
  sent_omitted: 0,
  failure: null,
  ended_at: null,
};

/**
 * The account of a run with its changes, each with its origin: the hook, or the rule with the conditions that held,
 * what they saw, and the parts of the data that its actions used.
 */
export function explanation(node: string, changes: readonly Change[], account?: JsonObject): JsonObject {
  const told = { ...noAccount, ...account };
  const rules = new Map(objectsIn(told.rules).map((rule) => [rule.uuid, rule]));
  return {
    node,
    ...told,
    changes: changes.map(({ by, on, path, from, to }) => ({
      on,
      path,
      from: from ?? null,
      to: to ?? null,
      origin: originOf(by, rules),
    })),
  };
}

function originOf(by: string, rules: ReadonlyMap<JsonValue | undefined, JsonObject>): JsonObject {
  const [kind = '', name = ''] = by.split(/ (.*)/s);
  if (kind !== 'rule') return { kind, name };
  const rule = rules.get(name);
  const conditions = objectsIn(rule?.conditions).map(({ field, op, multiple, invert, params, values }) => ({
    field: field ?? null,
    op: op ?? null,
    multiple: multiple ?? null,
    invert: invert ?? null,
    params: params ?? null,
    values: values ?? null,
  }));
  const inputs = objectsIn(rule?.actions).flatMap((action) =>
    Array.isArray(action.inputs) ? action.inputs : [],
  );
  return { kind, uuid: name, description: rule?.description ?? null, conditions, inputs };
}
