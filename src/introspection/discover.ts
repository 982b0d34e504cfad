import { messageOf } from '../errors/inspector-error.ts';
import type { JsonObject } from '../json/json-value.ts';
import { findByBmcAddress } from './find-in-bare-metal.ts';
import type { Identified } from './identified.ts';
import type { Introspection } from './introspection.ts';
import type { lookupAttributes } from './lookup-attributes.ts';
import { machineUuid } from './machine-uuid.ts';
import { recordAndLock } from './record-and-lock.ts';
import { isBusy } from './retry.ts';

/** What is known of a machine that matches no node, and the text of what it posted. */
interface Discovery {
  readonly attributes: ReturnType<typeof lookupAttributes>;
  readonly unprocessed: string;
}

/**
 * A machine is held by its addresses until it has been processed: of two callbacks at once, the second would
 * make a second node (docs/compatibility.md, one-discovery-at-a-time).
 *
 * @throws InspectorError `conflict` or `unavailable` when something fails for the moment.
 */
export async function discover(
  on: Introspection,
  data: JsonObject,
  discovery: Discovery,
): Promise<Identified> {
  const machine = `machine ${JSON.stringify(discovery.attributes)}`;
  const release = await on.locks.acquire(machine, on.settings.lockWait);
  try {
    const found = await enroll(on, data, discovery);
    if (found.node === undefined) {
      await release();
      return found;
    }
    const { node } = found;
    const releaseBoth = async () => {
      await node.release();
      await release();
    };
    return { node: { ...node, release: releaseBoth } };
  } catch (error) {
    await release();
    throw error;
  }
}

async function enroll(
  on: Introspection,
  data: JsonObject,
  { attributes, unprocessed }: Discovery,
): Promise<Identified> {
  const context = {
    log: on.log,
    bareMetal: on.bareMetal,
    findNodeByBmcAddress: (addresses: readonly string[]) => findByBmcAddress(on, addresses),
    newUuid: machineUuid(attributes),
    isRecorded: async (uuid: string) => (await on.nodes.find(uuid)) !== undefined,
  };
  try {
    const uuid = await on.nodeNotFoundHook?.handle(data, context);
    if (uuid === undefined) return { node: undefined, failure: 'Node not found hook returned nothing' };
    // By the attributes a ramdisk that tries again finds it.
    const registration = { state: 'enrolling', manageBoot: true, attributes, unprocessed } as const;
    const by = `Not known before; made by the node-not-found hook ${on.nodeNotFoundHook?.name}`;
    return await recordAndLock(on, uuid, registration, by);
  } catch (error) {
    if (isBusy(error)) throw error;
    return { node: undefined, failure: `Node not found hook failed: ${messageOf(error)}` };
  }
}
