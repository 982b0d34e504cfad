import type { Release } from '../coordination/locks.ts';
import { underLock } from '../coordination/under-lock.ts';
import { DatabaseUnavailable } from '../errors/database-unavailable.ts';
import { InspectorError, messageOf, stackFields } from '../errors/inspector-error.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { ParsedJson } from '../json/parse-json.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import { requireTransition, stableStates } from '../nodes/states.ts';
import { documentText } from './document-text.ts';
import { endIntrospection } from './end.ts';
import { processingFailure } from './failure-text.ts';
import { fetchNode } from './fetch-node.ts';
import type { Introspection } from './introspection.ts';
import { aboutNode } from './logging-to.ts';
import { keepAccount, type Observed, observed } from './observed.ts';
import { parseDocument } from './parse-document.ts';
import { preprocess } from './preprocess.ts';
import { processData } from './process.ts';

/**
 * Processes stored or supplied data once more, in the background. Nothing is changed unless the node and
 * its state accept it.
 *
 * @throws InspectorError `not-found` for a node or data that is not there, `invalid` for a state that does
 *   not accept it, `conflict` when the node is being worked on.
 */
export async function reapply(
  on: Introspection,
  uuid: string,
  supplied: ParsedJson<JsonObject> | undefined,
): Promise<void> {
  if (supplied === undefined && !on.data.keeps) throw storageDisabled();
  const text = supplied === undefined ? await on.data.get(uuid, 'unprocessed') : documentText(supplied);
  const release = await heldBy(on, await on.nodes.get(uuid));
  try {
    const record = await on.nodes.get(uuid);
    requireTransition(record.state, 'reapply');
    if (supplied !== undefined) await on.data.save(uuid, 'unprocessed', text);
    const reapplying = await on.nodes.beginReapply(record, { kind: 'reapply', arguments: {}, data: text });
    on.background.submit(
      `reapply on ${uuid}`,
      () => underLock(release, () => runReapply(on, reapplying, text)),
      on.log,
    );
  } catch (error) {
    await release();
    throw error;
  }
}

/** Milliseconds. */
const longestEnd = 2000;

/**
 * Who sees that an introspection has ended may ask for the next thing at once, while whoever has ended it is still
 * at what follows: PXE access, word to the bare metal service. That is waited for; the original lets go of the node
 * before it writes the end.
 *
 * @throws InspectorError `conflict` when the node is being worked on.
 */
async function heldBy({ locks, settings }: Introspection, { uuid, state }: NodeRecord): Promise<Release> {
  const wait = stableStates.includes(state) ? Math.min(longestEnd, settings.lockWait) : 0;
  const busy = new InspectorError('conflict', 'Node locked, please, try again later');
  try {
    const release = wait > 0 ? await locks.acquire(uuid, wait) : await locks.tryAcquire(uuid);
    if (release !== undefined) return release;
  } catch (error) {
    if (!(error instanceof InspectorError) || error.kind !== 'conflict') throw error;
  }
  throw busy;
}

/** The background half, under the node's lock. Does not throw. */
export async function runReapply(on: Introspection, record: NodeRecord, text: string): Promise<void> {
  const work = aboutNode(observed(on, 'reapply'), record);
  work.log.info('Processing the data once more');
  try {
    const failure = await reapplied(work, record, text);
    await endIntrospection(work, record, failure === null ? 'finish' : 'error', failure);
  } catch (error) {
    work.log.error(`The end of the reapply could not be recorded: ${messageOf(error)}`, stackFields(error));
  }
}

async function reapplied(on: Observed, record: NodeRecord, text: string): Promise<string | null> {
  try {
    on.documents.add('unprocessed', text);
    const data = parseDocument(text);
    const failures = await preprocess(on, data.value);
    if (failures.length > 0) {
      const lines = failures.join('\n');
      keepAccount(on, lines);
      return `Pre-processing failures detected reapplying introspection on stored data:\n${lines}`;
    }
    await processData(on, data, await fetchNode(on.bareMetal, record.uuid));
    return null;
  } catch (error) {
    if (error instanceof DatabaseUnavailable) throw error;
    const failure = processingFailure(error);
    if (failure !== error) on.log.error(failure.message, stackFields(error));
    return failure.message;
  }
}

function storageDisabled(): InspectorError {
  return new InspectorError(
    'invalid',
    'Inspector is not configured to store introspection data. ' +
      'Set the [processing]store_data configuration option to change this.',
  );
}
