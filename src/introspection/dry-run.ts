import type { BareMetalNode, BareMetalService } from '../bare-metal/bare-metal-service.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { ProcessingHook } from '../hooks/processing-hook.ts';
import type { DataStore } from '../introspection-data/data-store.ts';
import type { JsonObject } from '../json/json-value.ts';
import { silentLogger } from '../logging/logger.ts';
import { netChanges } from '../nodes/net-changes.ts';
import type { Change } from '../nodes/plan.ts';
import { maskedChange } from '../rules/masked-change.ts';
import type { Rule } from '../rules/rule.ts';
import type { RuleEngine } from '../rules/rule-engine.ts';
import { processingFailure } from './failure-text.ts';
import { told } from './hook-account.ts';
import { inParallel } from './in-parallel.ts';
import { parseDocument } from './parse-document.ts';
import { preprocess } from './preprocess.ts';
import { decide } from './process.ts';

/** What a dry run works with: nothing that could write. */
export interface DryRunning {
  readonly data: Pick<DataStore, 'get'>;
  readonly bareMetal: Pick<BareMetalService, 'getNode' | 'listPortsOf'>;
  readonly hooks: readonly ProcessingHook[];
  readonly rules: readonly Rule[];
  readonly ruleEngine: RuleEngine;
}

/** Which nodes it is about. */
export interface DryRunNodes {
  /** UUIDs. */
  readonly uuids: AsyncIterable<string> | Iterable<string>;
  /** How many there are; `null` where that is known at the end only. */
  readonly total: number | null;
  /** All nodes are wanted: those that have no stored data are left out. */
  readonly skipWithoutData: boolean;
}

/** Nodes at a time: while one is fetched, another is worked on. */
const nodesAtOnce = 4;

/**
 * Works out what processing the stored data of nodes once more would change, and sends and keeps nothing. Gives a
 * document a node, as they are done, and a summary at the end. A node that cannot be worked on has an `error`.
 */
export async function* dryRun(on: DryRunning, { uuids, total, skipWithoutData }: DryRunNodes) {
  const summary = { nodes: 0, would_change: 0, would_fail: 0, not_run: 0, skipped: 0 };
  const results = inParallel(uuids, nodesAtOnce, (uuid) => dryRunOf(on, uuid));
  for await (const { withoutData, ...result } of results) {
    if (withoutData && skipWithoutData) {
      summary.skipped += 1;
      continue;
    }
    summary.nodes += 1;
    if (result.error !== null) summary.not_run += 1;
    if (result.failure !== null) summary.would_fail += 1;
    if (result.changes.length > 0) summary.would_change += 1;
    const document: JsonObject = { ...result, progress: { done: summary.nodes + summary.skipped, total } };
    yield document;
  }
  const last: JsonObject = { summary };
  yield last;
}

interface NodeResult {
  readonly node: string;
  readonly changes: JsonObject[];
  readonly rules: JsonObject[];
  /** Why the introspection would fail. */
  readonly failure: string | null;
  /** Why it could not be worked out. */
  readonly error: string | null;
  readonly withoutData: boolean;
}

async function dryRunOf(on: DryRunning, uuid: string): Promise<NodeResult> {
  const nothing = { node: uuid, changes: [], rules: [], failure: null, error: null, withoutData: false };
  let text: string;
  try {
    text = await on.data.get(uuid, 'unprocessed');
  } catch (error) {
    if (!(error instanceof InspectorError)) throw error;
    return { ...nothing, error: messageOf(error), withoutData: error.kind === 'not-found' };
  }
  try {
    const node = await on.bareMetal.getNode(uuid);
    const snapshot = { node, ports: await on.bareMetal.listPortsOf(uuid) };
    return { ...nothing, ...(await decidedOn(on, text, snapshot)) };
  } catch (error) {
    if (!(error instanceof InspectorError)) throw error;
    return { ...nothing, error: told(messageOf(error)) };
  }
}

async function decidedOn(
  on: DryRunning,
  text: string,
  snapshot: Parameters<typeof decide>[1]['snapshot'],
): Promise<Pick<NodeResult, 'changes' | 'rules' | 'failure'>> {
  const log = silentLogger();
  const data = parseDocument(text);
  const failures = await preprocess({ hooks: on.hooks, log }, data.value);
  if (failures.length > 0) return { changes: [], rules: [], failure: told(failures.join('\n')) };
  const decision = await decide(on, { data, snapshot, rules: on.rules, log });
  const { plan, rules, failure } = decision;
  return {
    changes: netChanges(plan.changes)
      .filter((change) => !isThere(change, snapshot.node))
      .map(maskedChange)
      .map(({ by, on: thing, path, from, to }) => ({
        by,
        on: thing,
        path,
        from: from ?? null,
        to: to ?? null,
      })),
    rules: rules.map(({ uuid, description, outcome }) => ({ uuid, description, outcome })),
    failure: failure === undefined ? null : told(processingFailure(failure).message),
  };
}

/** Traits are decided on without a look at which of them the node has. */
function isThere({ on, path, to }: Change, { traits }: BareMetalNode): boolean {
  if (on !== 'trait' || !Array.isArray(traits)) return false;
  return traits.includes(path) === (to !== undefined);
}
