import type { Release } from '../coordination/locks.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import { canonicalAddress } from '../host/canonical-address.ts';
import { bmcAddressesOf } from '../inventory/bmc-addresses.ts';
import { macsOf } from '../inventory/interface-table.ts';
import type { JsonObject } from '../json/json-value.ts';
import { lookUp } from '../nodes/look-up.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import type { LookupAttributes } from '../nodes/node-store.ts';
import { findByBmcAddress, findInUse } from './find-in-bare-metal.ts';
import type { Introspection } from './introspection.ts';
import { machineUuid } from './machine-uuid.ts';

/** The node with its lock, an earlier answer, or why there is neither. */
export type Identified =
  | {
      readonly node: {
        readonly record: NodeRecord;
        readonly release: Release;
        /** What told, for the log: `Identified by 2 MAC addresses`. */
        readonly by: string;
      };
      readonly answer?: never;
    }
  | { readonly node: undefined; readonly answer: Answer }
  | { readonly node: undefined; readonly answer?: never; readonly failure: string };

/** What a ramdisk is told of the node that its document was processed for. */
export interface Answer {
  readonly uuid: string;
}

interface IdentifyOptions {
  /** JSON text of the document, kept with a node that is recorded on the way. */
  readonly unprocessed: string;
  /** False for a document that no node should be made from. */
  readonly mayEnroll: boolean;
  /** The answer to an earlier callback with the very same document, where its ramdisk has not had it. */
  readonly answered: () => Promise<Answer | undefined>;
}

/**
 * Finds the node that a ramdisk's document belongs to: the introspections that wait, then what was processed
 * without an answer, then nodes in use where that is permitted, then the node-not-found hook. Those that wait come
 * first, as a machine that is introspected anew may post the very same document.
 *
 * @throws InspectorError `conflict` when the node is being worked on, `unavailable` when something fails for
 *   the moment, and what the search among nodes in use throws, which the original does not fold into the
 *   failures either.
 */
export async function identifyNode(
  on: Introspection,
  data: JsonObject,
  options: IdentifyOptions,
): Promise<Identified> {
  const attributes = lookupAttributes(data);
  const nodes = countingMatches(on.nodes);
  try {
    const uuid = await lookUp(nodes, attributes);
    return await lockWaiting(on, uuid, `Identified by ${nodes.matchedBy(uuid)}`);
  } catch (error) {
    if (!(error instanceof InspectorError) || mayPass(error)) throw error;
    if (error.kind !== 'not-found') return { node: undefined, failure: `Look up error: ${error.message}` };
    const answer = await options.answered();
    if (answer !== undefined) return { node: undefined, answer };
    const inUse = on.settings.permitActive ? await findInUse(on, attributes) : undefined;
    if (inUse !== undefined) {
      const by = 'Identified as a node in use, by its ports or BMC address';
      const { unprocessed } = options;
      // Nobody starts it again if its ramdisk gives up, so what it posted is kept from now on.
      return recordAndLock(on, inUse, { state: 'waiting', manageBoot: false, attributes, unprocessed }, by);
    }
    if (on.nodeNotFoundHook === undefined || !options.mayEnroll) {
      return { node: undefined, failure: `Look up error: ${error.message}` };
    }
    return discover(on, data, { attributes, unprocessed: options.unprocessed });
  }
}

/** The ramdisk tries again on these, and gives up for good on others. */
function mayPass(error: InspectorError): boolean {
  return error.kind === 'conflict' || error.kind === 'unavailable';
}

/** The look-up's query, which remembers what matched. */
function countingMatches(nodes: Introspection['nodes']) {
  const matched: { readonly name: string; readonly uuid: string }[] = [];
  return {
    async matches(name: string, values: readonly string[]): Promise<string[]> {
      const uuids = await nodes.matches(name, values);
      matched.push(...uuids.map((uuid) => ({ name, uuid })));
      return uuids;
    },
    /** `2 MAC addresses and 1 BMC address` */
    matchedBy(uuid: string): string {
      const count = (name: string) => matched.filter((one) => one.name === name && one.uuid === uuid).length;
      const counts = [
        [count('mac'), 'MAC'],
        [count('bmc_address'), 'BMC'],
      ] as const;
      const shown = counts.filter(([number]) => number > 0);
      return shown
        .map(([number, what]) => `${number} ${what} address${number === 1 ? '' : 'es'}`)
        .join(' and ');
    },
  };
}

/** Addresses in the form that name resolution gives them, so that text comparison finds them. */
export function lookupAttributes(data: JsonObject) {
  const { ipv4, ipv6 } = bmcAddressesOf(data);
  const addresses = [ipv4, ipv6].flatMap((address) =>
    address === undefined ? [] : canonicalAddress(address),
  );
  return { bmc_address: addresses, mac: macsOf(data) };
}

/** Under the lock the record is read again: the introspection may have ended while we waited. */
async function lockWaiting(on: Introspection, uuid: string, by: string): Promise<Identified> {
  const release = await on.locks.acquire(uuid, on.settings.lockWait);
  try {
    const record = await on.nodes.find(uuid);
    if (record !== undefined && record.finishedAt === null) return { node: { record, release, by } };
    throw new InspectorError('invalid', endedMeanwhile(uuid, record));
  } catch (error) {
    await release();
    throw error;
  }
}

function endedMeanwhile(uuid: string, record: NodeRecord | undefined): string {
  return record === undefined
    ? `Could not find node ${uuid} in introspection cache, probably it's not on introspection now`
    : `Introspection for node ${uuid} already finished on ${record.finishedAt}`;
}

async function recordAndLock(
  on: Introspection,
  uuid: string,
  registration: {
    state: 'waiting' | 'enrolling';
    manageBoot: boolean;
    attributes?: LookupAttributes;
    unprocessed?: string;
  },
  by: string,
): Promise<Identified> {
  const { unprocessed, ...rest } = registration;
  const release = await on.locks.acquire(uuid, on.settings.lockWait);
  try {
    const discovered = registration.state === 'enrolling';
    const work = {
      kind: 'process',
      arguments: { auto_discovered: discovered },
      data: unprocessed ?? null,
    } as const;
    const record = await on.nodes.register(uuid, unprocessed === undefined ? rest : { ...rest, work });
    return { node: { record, release, by } };
  } catch (error) {
    await release();
    throw error;
  }
}

/** What is known of a machine that matches no node, and the text of what it posted. */
interface Discovery {
  readonly attributes: ReturnType<typeof lookupAttributes>;
  readonly unprocessed: string;
}

/**
 * A machine is held by its addresses until it has been processed: of two callbacks at once, the second would
 * make a second node (docs/compatibility.md, one-discovery-at-a-time).
 */
async function discover(on: Introspection, data: JsonObject, discovery: Discovery): Promise<Identified> {
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
    if (error instanceof InspectorError && mayPass(error)) throw error;
    return { node: undefined, failure: `Node not found hook failed: ${messageOf(error)}` };
  }
}
