import type { ExactNumbers } from '../src/json/exact-numbers.ts';
import type { JsonObject } from '../src/json/json-value.ts';
import { type ParsedJson, parseJsonObject } from '../src/json/parse-json.ts';
import { type Logger, silentLogger } from '../src/logging/logger.ts';
import type { NodeDraft } from '../src/nodes/node-draft.ts';
import { parameterOf } from '../src/rules/check-condition.ts';
import { CompiledRules } from '../src/rules/compiled-rules.ts';
import { conditionBuiltIns } from '../src/rules/conditions/built-ins.ts';
import { memberOf } from '../src/rules/python-value/python-value.ts';
import type { Rule } from '../src/rules/rule.ts';
import type { RuleSubject } from '../src/rules/rule-subject.ts';
import { validateRule } from '../src/rules/validate-rule.ts';
import { nodeDraft } from './node-draft-builder.ts';

/** Whether a field meets a condition; both in JSON, since 1.0 is not 1 to rules. */
export function conditionOutcome(op: string, field: string, value: string): boolean {
  const { value: params, exactNumbers } = parsed(`{"field": ${field}, "value": ${value}}`);
  const compiled = new CompiledRules();
  const plugin = conditionBuiltIns.get(op);
  if (plugin === undefined) throw new Error(`There is no condition ${op}`);
  return plugin.check({
    field: params.field ?? null,
    params,
    pythonField: () => memberOf(params, 'field', params.field ?? null, exactNumbers),
    pythonParameter: (name) => parameterOf(params, name, exactNumbers),
    expression: (source, options) => compiled.expression(source, options),
  });
}

/** A rule as it was validated; `uuid` ends in the number, and without actions it sets `/extra/hit`. */
export function ruleOf(body: JsonObject, number = 1): Rule {
  const uuid = `2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a${String(number).padStart(2, '0')}`;
  const actions = [{ action: 'set-attribute', path: '/extra/hit', value: 'yes' }];
  return validateRule(parsed(JSON.stringify({ actions, ...body })), () => uuid);
}

/** What rules are evaluated on: introspection data in JSON, and a node. */
export function subjectOf(
  data = '{}',
  node: NodeDraft = nodeDraft({ extra: {} }),
  log: Logger = silentLogger(),
): RuleSubject & { readonly exactNumbers: ExactNumbers } {
  const document = parsed(data);
  return { data: document, node, log, exactNumbers: document.exactNumbers };
}

function parsed(text: string): ParsedJson<JsonObject> {
  return parseJsonObject(Buffer.from(text));
}
