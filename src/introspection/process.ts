import type { BareMetalNode } from '../bare-metal/bare-metal-service.ts';
import type { ProcessingHook } from '../hooks/processing-hook.ts';
import { runPostHooks } from '../hooks/run-post-hooks.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { ParsedJson } from '../json/parse-json.ts';
import type { Logger } from '../logging/logger.ts';
import { NodeDraft, type NodeSnapshot } from '../nodes/node-draft.ts';
import type { Plan } from '../nodes/plan.ts';
import { applyPlan } from './apply-plan.ts';
import { documentText } from './document-text.ts';
import type { Introspection } from './introspection.ts';

/** What the hooks decided, and what stopped them, if anything did. */
interface Decision {
  readonly plan: Plan;
  readonly failure: unknown;
}

/**
 * Works out what is to become of the node, without sending anything: the hooks' plan. A hook that fails
 * ends the work, and the changes before it stand.
 */
async function decide(
  hooks: readonly ProcessingHook[],
  data: JsonObject,
  snapshot: NodeSnapshot,
  log: Logger,
): Promise<Decision> {
  const draft = NodeDraft.of(snapshot);
  try {
    await runPostHooks(hooks, data, draft, { log });
    return { plan: draft.plan(), failure: undefined };
  } catch (failure) {
    return { plan: draft.plan(), failure };
  }
}

/**
 * The part of processing that a callback and a reapply share: hooks decide, the plan is carried out, and
 * the processed data is kept.
 *
 * @throws what a hook or the bare metal service threw; what was decided before it has been carried out.
 */
export async function processData(
  on: Introspection,
  data: ParsedJson<JsonObject>,
  node: BareMetalNode,
): Promise<void> {
  const snapshot = { node, ports: await on.bareMetal.listPortsOf(node.uuid) };
  const { plan, failure } = await decide(on.hooks, data.value, snapshot, on.log);
  if (failure === undefined) on.log.info(`Processed by the hooks ${namesOf(on.hooks)}`);
  await on.changes.save(node.uuid, plan.changes);
  await applyPlan(on, plan, snapshot);
  if (failure !== undefined) throw failure;
  await on.data.save(node.uuid, 'processed', documentText(data));
}

function namesOf(hooks: readonly ProcessingHook[]): string {
  return hooks.length === 0 ? '(none is enabled)' : hooks.map(({ name }) => name).join(', ');
}
