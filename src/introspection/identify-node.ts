import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonObject } from '../json/json-value.ts';
import { lookUp } from '../nodes/look-up.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import { countingMatches } from './counting-matches.ts';
import { discover } from './discover.ts';
import { findInUse } from './find-in-bare-metal.ts';
import type { Answer, Identified } from './identified.ts';
import type { Introspection } from './introspection.ts';
import { lookupAttributes } from './lookup-attributes.ts';
import { recordAndLock } from './record-and-lock.ts';
import { isBusy } from './retry.ts';

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
    if (!(error instanceof InspectorError) || isBusy(error)) throw error;
    if (error.kind !== 'not-found') return { node: undefined, failure: `Look up error: ${error.message}` };
    const answer = await options.answered();
    if (answer !== undefined) return { node: undefined, answer };
    const inUse = on.settings.permitActive ? await findInUse(on, attributes) : undefined;
    if (inUse !== undefined) {
      const by = 'Identified as a node in use, by its ports or BMC address';
      const { unprocessed } = options;
      return recordAndLock(on, inUse, { state: 'waiting', manageBoot: false, attributes, unprocessed }, by);
    }
    if (on.nodeNotFoundHook === undefined || !options.mayEnroll) {
      return { node: undefined, failure: `Look up error: ${error.message}` };
    }
    return discover(on, data, { attributes, unprocessed: options.unprocessed });
  }
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
