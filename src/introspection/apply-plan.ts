import type { BareMetalService } from '../bare-metal/bare-metal-service.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { NodeSnapshot } from '../nodes/node-draft.ts';
import type { Plan, PortPatch } from '../nodes/plan.ts';
import type { Introspection } from './introspection.ts';
import { isBusy, retried } from './retry.ts';

/** What a plan is carried out with. */
type Applying = Pick<Introspection, 'bareMetal' | 'settings' | 'log'>;

/**
 * Sends a plan to the bare metal service: new ports, port changes, port deletions, traits, and one change
 * of the node. What the service refuses because it is busy is tried again; any other failure stops it, and
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
    await send(`Deleting port ${uuid}`, () => bareMetal.deletePort(uuid));
    log.info(`Deleted port ${uuid} with MAC ${address}`);
  }
  for (const trait of plan.traitAdditions) {
    await send('Adding a trait', () => bareMetal.addTrait(nodeUuid, trait));
    log.info(`Added trait ${trait}`);
  }
  for (const trait of plan.traitRemovals) {
    await send('Removing a trait', () => bareMetal.removeTrait(nodeUuid, trait));
    log.info(`Removed trait ${trait}`);
  }
  if (plan.nodePatch.length > 0) {
    const { nodePatch, resetInterfaces } = plan;
    await send('Updating the node', () => bareMetal.patchNode(nodeUuid, nodePatch, { resetInterfaces }));
    log.info(`Updated ${nodePatch.map(({ path }) => path).join(', ')}`);
  }
}

/** A MAC that belongs to a port of another node is no reason to fail, as in the original. */
async function createPorts(
  bareMetal: BareMetalService,
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
  bareMetal: BareMetalService,
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
