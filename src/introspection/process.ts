import type { BareMetalNode } from '../bare-metal/bare-metal-service.ts';
import type { ProcessingHook } from '../hooks/processing-hook.ts';
import { runPostHooks } from '../hooks/run-post-hooks.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { ParsedJson } from '../json/parse-json.ts';
import type { Logger } from '../logging/logger.ts';
import { NodeDraft, type NodeSnapshot } from '../nodes/node-draft.ts';
import type { Plan } from '../nodes/plan.ts';
import { maskedChange } from '../rules/masked-change.ts';
import type { Rule } from '../rules/rule.ts';
import type { RuleTrace } from '../rules/rule-trace.ts';
import { applyPlan } from './apply-plan.ts';
import { documentText } from './document-text.ts';
import { processingFailure } from './failure-text.ts';
import type { Introspection } from './introspection.ts';
import { keepAccount, type Observed } from './observed.ts';

/** What hooks and rules decided, and what stopped them, if anything did. */
export interface Decision {
  readonly plan: Plan;
  /** What each rule saw and did; empty when a hook failed before. */
  readonly rules: readonly RuleTrace[];
  readonly failure: unknown;
  /** Whether all hooks have run, so that the data is complete. */
  readonly isProcessed: boolean;
}

/** What is decided on. */
export interface DecidedOn {
  readonly data: ParsedJson<JsonObject>;
  readonly snapshot: NodeSnapshot;
  readonly rules: readonly Rule[];
  readonly log: Logger;
}

/**
 * Works out what is to become of the node, without sending anything: hooks, then rules, on one draft. One that
 * fails ends the work, and the changes before it stand.
 */
export async function decide(
  { hooks, ruleEngine }: Pick<Introspection, 'hooks' | 'ruleEngine'>,
  { data, snapshot, rules, log }: DecidedOn,
): Promise<Decision> {
  const draft = NodeDraft.of(snapshot);
  try {
    await runPostHooks(hooks, data.value, draft, { log });
  } catch (failure) {
    return { plan: draft.plan(), rules: [], failure, isProcessed: false };
  }
  log.info(`Processed by the hooks ${namesOf(hooks)}`);
  const { traces, failure } = ruleEngine.evaluate(rules, { data, node: draft, log });
  return { plan: draft.plan(), rules: traces, failure, isProcessed: true };
}

/**
 * The part of processing that a callback and a reapply share: hooks and rules decide, the plan is carried out,
 * and the processed data is kept, also when a rule fails.
 *
 * @throws what a hook, a rule or the bare metal service threw; what was decided before it has been carried out.
 */
export async function processData(
  on: Observed,
  data: ParsedJson<JsonObject>,
  node: BareMetalNode,
): Promise<void> {
  const snapshot = { node, ports: await on.bareMetal.listPortsOf(node.uuid) };
  const rules = await on.rules.all();
  const decision = await decide(on, { data, snapshot, rules, log: on.log });
  const { plan, failure, isProcessed } = decision;
  on.account.ruled(decision.rules, rules);
  await on.changes.save(node.uuid, plan.changes.map(maskedChange));
  const bareMetal = on.account.observeSending(on.bareMetal);
  const refusal = await applyPlan({ ...on, bareMetal }, plan, snapshot).then(
    () => undefined,
    (error: unknown) => error,
  );
  const stoppedBy = refusal ?? failure;
  await keepAccount(on, node.uuid, stoppedBy === undefined ? null : processingFailure(stoppedBy).message);
  if (isProcessed) {
    const text = documentText(data);
    await on.data.save(node.uuid, 'processed', text);
    await on.history.keep(node.uuid, 'processed', text, on.log);
  }
  if (stoppedBy !== undefined) throw stoppedBy;
}

function namesOf(hooks: readonly ProcessingHook[]): string {
  return hooks.length === 0 ? '(none is enabled)' : hooks.map(({ name }) => name).join(', ');
}
