import type { Patch } from '../bare-metal/bare-metal-service.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { NodeSnapshot } from '../nodes/node-draft.ts';
import type { Plan, PortPatch } from '../nodes/plan.ts';
import type { Introspection } from './introspection.ts';
import { namingRule, nodeChangesInTurn } from './node-changes-in-turn.ts';
import { isBusy, retried } from './retry.ts';
import type { Sending } from './sent-account.ts';

/** What a plan is carried out with. */
type Applying = Pick<Introspection, 'settings' | 'log'> & { readonly bareMetal: Sending };

/**
 * Sends a plan to the bare metal service: new ports, port changes, port deletions, one change of the node, and
 * traits. What the service refuses because it is busy is tried again; any other failure stops it, and
 * what was sent before stays. Sending a plan made from a fresh snapshot again does no harm.
 */
export async function applyPlan(on: Applying, plan: Plan, snapshot: NodeSnapshot): Promise<void> {
  const { bareMetal, log } = on;
  const settings = { interval: on.settings.retryInterval, log, passes: isBusy };
  const send = (what: string, call: () => Promise<unknown>) => retried(what, call, settings);
  const { nodeUuid } = plan;
  if (plan.changes.length === 0) log.info('The node and its ports are up to date already');
  const portUuids = new Map(snapshot.ports.map((port) => [port.address.toLowerCase(), port.uuid]));
  await createPorts(bareMetal, plan, portUuids, log);
  for (const change of plan.portPatches) {
    const uuid = portUuids.get(change.address);
    if (uuid !== undefined)
      await send(`Updating port ${uuid}`, () => patchPort(bareMetal, change, uuid, log));
  }
  for (const { uuid, address } of plan.portDeletions) {
    await send(`Deleting port ${uuid}`, () => unlessGone(bareMetal.deletePort(uuid)));
    log.info(`Deleted port ${uuid} with MAC ${address}`);
  }
  await patchNode(on, plan, send);
  const deciderOf = (trait: string) =>
    plan.changes.findLast((change) => change.on === 'trait' && change.path === trait)?.by;
  for (const trait of plan.traitAdditions) {
    await namingRule(deciderOf(trait), () =>
      send('Adding a trait', () => bareMetal.addTrait(nodeUuid, trait)),
    );
    log.info(`Added trait ${trait}`);
  }
  for (const trait of plan.traitRemovals) {
    await namingRule(deciderOf(trait), () =>
      send('Removing a trait', () => bareMetal.removeTrait(nodeUuid, trait)),
    );
    log.info(`Removed trait ${trait}`);
  }
}

/**
 * One change of the node. When the service refuses it and rules have a part in it, it is sent in pieces up to the
 * one that is refused, so that a rule does not take with it what was decided before (docs/compatibility.md,
 * rule-refused-change).
 */
async function patchNode(
  { bareMetal, log }: Applying,
  plan: Plan,
  send: (what: string, call: () => Promise<unknown>) => Promise<unknown>,
): Promise<void> {
  const { nodeUuid, nodePatch, resetInterfaces } = plan;
  if (nodePatch.length === 0) return;
  const update = async (patch: Patch) => {
    const reset = resetInterfaces && patch.some(({ path }) => path === '/driver');
    const call = () => bareMetal.patchNode(nodeUuid, patch, { resetInterfaces: reset });
    await send('Updating the node', call);
    log.info(`Updated ${patch.map(({ path }) => path).join(', ')}`);
  };
  const pieces = nodeChangesInTurn(plan);
  try {
    await update(nodePatch);
  } catch (error) {
    const isRefused = error instanceof InspectorError && error.kind === 'invalid';
    if (!isRefused || pieces.every(({ rule }) => rule === undefined)) throw error;
    for (const { rule, patch } of pieces) await namingRule(rule, () => update(patch));
  }
}

/** A MAC that belongs to a port of another node is no reason to fail, as in the original. */
async function createPorts(
  bareMetal: Sending,
  plan: Plan,
  portUuids: Map<string, string>,
  log: Logger,
): Promise<void> {
  const taken: string[] = [];
  for (const port of plan.portCreations) {
    try {
      const created = await bareMetal.createPort(port);
      portUuids.set(port.address, created.uuid);
      log.info(`Created port ${created.uuid} with MAC ${port.address}`);
    } catch (error) {
      if (!(error instanceof InspectorError) || error.kind !== 'conflict') throw error;
      taken.push(port.address);
    }
  }
  if (taken.length > 0) {
    log.warning(
      `Ports of these MAC addresses were not created, since they exist already: ${taken.join(', ')}`,
    );
  }
}

async function patchPort(
  bareMetal: Sending,
  { address, patch, refusalIsHarmless }: PortPatch,
  uuid: string,
  log: Logger,
): Promise<void> {
  try {
    await bareMetal.patchPort(uuid, patch);
    log.info(`Updated port ${uuid} with MAC ${address}: ${patch.map(({ path }) => path).join(', ')}`);
  } catch (error) {
    const harmless = refusalIsHarmless && error instanceof InspectorError && error.kind === 'invalid';
    if (!harmless) throw error;
    log.warning(`Port ${uuid} with MAC ${address} was not updated: ${messageOf(error)}`);
  }
}

/** Gone is what it is meant to be: it may have been deleted by a request that was not answered. */
async function unlessGone(deletion: Promise<void>): Promise<void> {
  try {
    await deletion;
  } catch (error) {
    if (!(error instanceof InspectorError) || error.kind !== 'not-found') throw error;
  }
}
