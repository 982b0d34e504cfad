import { InspectorError } from '../errors/inspector-error.ts';
import { ExactNumbers } from '../json/exact-numbers.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { ParsedJson } from '../json/parse-json.ts';
import { actionBuiltIns } from './actions/built-ins.ts';
import { applyAction } from './apply-action.ts';
import { type CheckedWith, checkCondition } from './check-condition.ts';
import { CompiledRules } from './compiled-rules.ts';
import { conditionBuiltIns } from './conditions/built-ins.ts';
import { IntrospectionFailed } from './introspection-failed.ts';
import { nodeView } from './node-view.ts';
import { ExpressionError } from './python-regex/expression-error.ts';
import { pythonLiteral } from './python-value/python-text.ts';
import { pythonValue } from './python-value/python-value.ts';
import type { Condition, Rule } from './rule.ts';
import { ruleName, ruleReference } from './rule-name.ts';
import type { RulePlugins } from './rule-plugin.ts';
import type { RuleSubject } from './rule-subject.ts';
import type { ActionTrace, ConditionTrace, RuleTrace } from './rule-trace.ts';

/** What the rules did, and what stopped them, if anything did. */
export interface RuleEvaluation {
  /** One a rule, in the order of the rules; after a failure those that were come to. */
  readonly traces: readonly RuleTrace[];
  /** What was thrown; `undefined` when all went well. What was drafted before it stays in the draft. */
  readonly failure: unknown;
}

type Progress = { -readonly [Key in keyof RuleTrace]: RuleTrace[Key] } & {
  conditions: ConditionTrace[];
  actions: ActionTrace[];
};

const builtIns: RulePlugins = { conditions: conditionBuiltIns, actions: actionBuiltIns };

/**
 * Evaluates introspection rules. It sends nothing: actions change the draft. What takes long to make of a rule
 * is remembered, so one engine serves all introspections.
 */
export class RuleEngine {
  readonly #plugins: RulePlugins;
  readonly #compiled = new CompiledRules();

  constructor(plugins: RulePlugins = builtIns) {
    this.#plugins = plugins;
  }

  /**
   * Looks at the conditions of all rules, then runs the actions of those that match, in the order of the rules, so
   * that no rule changes what another one sees. Does not throw but for bugs: the first failure ends the evaluation
   * and is returned with what was done before it.
   */
  evaluate(rules: readonly Rule[], subject: RuleSubject): RuleEvaluation {
    const traces: Progress[] = [];
    try {
      const documents = documentsOf(subject);
      const matching: { rule: Rule; trace: Progress }[] = [];
      for (const rule of rules) {
        const trace = progressOf(rule);
        traces.push(trace);
        if (this.#matches(rule, trace, subject, documents)) matching.push({ rule, trace });
      }
      for (const { rule, trace } of matching) this.#apply(rule, trace, subject);
      return { traces, failure: undefined };
    } catch (failure) {
      return { traces, failure };
    }
  }

  #matches(rule: Rule, trace: Progress, subject: RuleSubject, documents: CheckedWith['document']): boolean {
    if (!isInScope(rule, subject)) {
      trace.outcome = 'other-scope';
      return false;
    }
    for (const condition of rule.conditions) {
      const holds = this.#holds(rule, condition, trace, subject, documents);
      if (!holds) return false;
    }
    subject.log.info(`Rule "${ruleName(rule)}" will be applied`);
    trace.outcome = 'not-run';
    return true;
  }

  #holds(
    rule: Rule,
    condition: Condition,
    trace: Progress,
    { log }: RuleSubject,
    document: CheckedWith['document'],
  ): boolean {
    const { op, field, params } = condition;
    try {
      const plugin = this.#plugins.conditions.get(op) ?? notInstalled('condition', op);
      const with_ = { plugin, compiled: this.#compiled, exactNumbers: rule.exactNumbers, document };
      const checked = checkCondition(condition, with_);
      trace.conditions.push(checked.trace);
      if (checked.trace.holds) return true;
      const reason = checked.isMissing
        ? `Field with JSON path ${field} was not found in data, rule "${ruleName(rule)}" will not be applied`
        : `Rule "${ruleName(rule)}" will not be applied: condition ${field} ${op} ${textOf(params, rule)} failed`;
      log.info(reason);
      return false;
    } catch (cause) {
      if (cause instanceof ExpressionError) {
        trace.outcome = 'unusable';
        trace.error = `condition ${op} of field ${field}: ${cause.message}`;
        log.error(`${ruleReference(rule)} is left out: ${trace.error}. Delete the rule, and create it anew`);
        return false;
      }
      throw failed(rule, trace, cause);
    }
  }

  #apply(rule: Rule, trace: Progress, subject: RuleSubject): void {
    const own = { ...subject, node: subject.node.by(`rule ${rule.uuid}`) };
    try {
      for (const action of rule.actions) {
        const plugin = this.#plugins.actions.get(action.action) ?? notInstalled('action', action.action);
        trace.actions.push(applyAction(action, plugin, own, rule.exactNumbers));
      }
      trace.outcome = 'applied';
    } catch (cause) {
      throw failed(rule, trace, cause);
    }
  }
}

function progressOf({ uuid, description, scope }: Rule): Progress {
  return { uuid, description, scope, outcome: 'not-matched', conditions: [], actions: [] };
}

/** Made when a rule asks for it. */
function documentsOf({ data, node }: RuleSubject): CheckedWith['document'] {
  let ofNode: ParsedJson<JsonObject> | undefined;
  return (scheme) => {
    if (scheme === 'data') return data;
    ofNode ??= { value: nodeView(node.node), exactNumbers: new ExactNumbers() };
    return ofNode;
  };
}

function isInScope(rule: Rule, { node }: RuleSubject): boolean {
  if (rule.scope === null || rule.scope === '') return true;
  return node.node.properties.inspection_scope === rule.scope;
}

/** What a rule throws, with its name in front unless the words are the rule's own. */
function failed(rule: Rule, trace: Progress, cause: unknown): unknown {
  trace.outcome = 'failed';
  if (!(cause instanceof InspectorError)) return cause;
  trace.error = cause.message;
  if (cause instanceof IntrospectionFailed) return cause;
  return new InspectorError(cause.kind, `${ruleReference(rule)}: ${cause.message}`, { cause });
}

function notInstalled(what: 'condition' | 'action', name: string): never {
  throw new InspectorError(
    'internal',
    `there is no ${what} "${name}". Install the plug-in that brings it, or delete the rule`,
  );
}

function textOf(params: JsonObject, { exactNumbers }: Rule): string {
  return pythonLiteral(pythonValue(params, exactNumbers));
}
