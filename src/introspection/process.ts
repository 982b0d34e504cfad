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
import { keepData } from './keep-data.ts';
import { keepAccount, type Observed } from './observed.ts';
import { updatePxeAccess } from './update-pxe-access.ts';

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
 * @throws what a hook, a rule or the bare metal service threw, after what was decided before it has been carried out;
 *   or the PXE filter, last of all.
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
  on.unwritten.add('changes', on.changes.writing(plan.changes.map(maskedChange)));
  const bareMetal = on.account.observeSending(on.bareMetal);
  const refusal = await applyPlan({ ...on, bareMetal }, plan, snapshot).then(
    () => undefined,
    (error: unknown) => error,
  );
  const stoppedBy = refusal ?? failure;
  keepAccount(on, stoppedBy === undefined ? null : processingFailure(stoppedBy).message);
  if (isProcessed) {
    const text = documentText(data);
    on.documents.add('processed', text);
    await keepData(on, node.uuid, 'processed', text);
  }
  // Ports that hooks have made are known from now on, so that their machine is no stranger once this has ended.
  const ports = [...snapshot.ports, ...plan.portCreations];
  if (stoppedBy !== undefined) {
    await updatePxeAccess(on, node.uuid, ports);
    throw stoppedBy;
  }
  await on.pxeFilter.nodeChanged(node.uuid, ports);
}

function namesOf(hooks: readonly ProcessingHook[]): string {
  return hooks.length === 0 ? '(none is enabled)' : hooks.map(({ name }) => name).join(', ');
}
