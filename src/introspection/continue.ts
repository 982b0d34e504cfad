import { isGone } from '../bare-metal/is-gone.ts';
import { underLock } from '../coordination/under-lock.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import { digestOf } from '../json/digest-of.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { ParsedJson } from '../json/parse-json.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import { Unwritten } from '../nodes/unwritten.ts';
import type { WorkInFlight } from '../nodes/work-in-flight.ts';
import { documentText } from './document-text.ts';
import { endIntrospection } from './end.ts';
import { rememberLookupFailure } from './explain-look-up.ts';
import type { Answer } from './identified.ts';
import { identifyNode } from './identify-node.ts';
import type { Introspection } from './introspection.ts';

import { keepData } from './keep-data.ts';
import { aboutNode } from './logging-to.ts';
import { nodeToProcess } from './node-to-process.ts';
import { keepAccount, type Observed, observed } from './observed.ts';
import { preprocess } from './preprocess.ts';
import { type Finish, processNode } from './process-node.ts';
import { reachedNow } from './reached-now.ts';
import { withUnwritten } from './with-unwritten.ts';

/**
 * The ramdisk has called back: find its node, process what it found, then finish in the background.
 *
 * @throws InspectorError with what the ramdisk is told. `conflict` and `unavailable` make it try again.
 */
export async function continueIntrospection(
  given: Introspection,
  data: ParsedJson<JsonObject>,
): Promise<Answer> {
  const on = observed(given, 'callback');
  const text = documentText(data);
  const unprocessed = { text, digest: digestOf(text) };
  const arriving = aboutNode(on, undefined, data.value);
  arriving.log.info('The ramdisk has called back');
  const arrival = reachedNow(on.clock, 'callback-received', {});
  const failures = await preprocess(arriving, data.value);
  const found = await identifyNode(arriving, data.value, {
    unprocessed: text,
    mayEnroll: failures.length === 0,
    answered: () => answerOf(arriving, unprocessed),
  });
  if (found.answer !== undefined) return found.answer;
  if (found.node === undefined) {
    // It may have been processed while we waited for the node.
    const answer = await answerOf(arriving, unprocessed);
    if (answer !== undefined) return answer;
    throw await refusal(arriving, data.value, [...failures, found.failure]);
  }
  const { record, release } = found.node;
  const reached = [{ ...arrival, evidence: { found_by: found.node.by } }];
  const unwritten = new Unwritten({ isFirst: record.state === 'waiting' });
  const run = { ...on, unwritten };
  const work = aboutNode({ ...run, reached }, record, data.value);
  work.log.info(found.node.by);
  on.account.foundBy(found.node.by);
  let finishing = false;
  try {
    await keepUnprocessed(work, record, unprocessed);
    if (failures.length > 0) throw await failedBeforehand(work, data.value, record, failures);
    const finish = await processCallback({ ...run, reached }, data, record, unprocessed);
    on.background.submit(`finish of ${record.uuid}`, () => underLock(release, finish), work.log);
    finishing = true;
    return { uuid: record.uuid };
  } finally {
    if (!finishing) await release();
  }
}

/** What the ramdisk posted, as it is kept, and what it is known by. */
interface Unprocessed {
  readonly text: string;
  readonly digest: string;
}

/**
 * The answer that the ramdisk has not had, where a restart completed what this very document began. A machine whose node
 * has been deleted since is a new one.
 */
async function answerOf(on: Introspection, { digest }: Unprocessed): Promise<Answer | undefined> {
  const found = await on.unanswered.find(digest);
  if (found === undefined) return undefined;
  const gone = await isGone(on.bareMetal, found);
  const uuid = await on.unanswered.take(digest);
  if (uuid === undefined || gone) return undefined;
  on.log.info(`This was processed for node ${uuid} after a restart; the ramdisk is told so`);
  return { uuid };
}

/** Kept even when processing cannot begin, so that the run can be reapplied. */
async function keepUnprocessed(
  on: Observed,
  record: NodeRecord,
  { text, digest }: Unprocessed,
): Promise<void> {
  on.documents.add('unprocessed', text, digest);
  try {
    await keepData(on, record.uuid, 'unprocessed', text);
  } catch (error) {
    on.log.error(`The unprocessed data could not be stored: ${messageOf(error)}`);
  }
}

function failureText(failures: readonly string[]): string {
  return `The following failures happened during running pre-processing hooks:\n${failures.join('\n')}`;
}

/** Nobody's data: nothing is recorded but the log and, where wanted, the ramdisk's logs. */
async function refusal(
  on: Introspection,
  data: JsonObject,
  failures: readonly string[],
): Promise<InspectorError> {
  const text = failureText(failures);
  on.log.error(text);
  await rememberLookupFailure(on, data, failures);
  await on.ramdiskLogs.store(data, undefined, on.log);
  return new InspectorError('invalid', text);
}

async function failedBeforehand(
  on: Observed,
  data: JsonObject,
  record: NodeRecord,
  failures: readonly string[],
): Promise<InspectorError> {
  keepAccount(on, failures.join('\n'));
  await endIntrospection(on, record, 'error', failures.join('\n'));
  await on.ramdiskLogs.store(data, record.uuid, on.log);
  return new InspectorError('invalid', failureText(failures));
}

/** From `process` on. Returns the finish, which is still to be run. */
async function processCallback(
  { reached = [], ...on }: Observed,
  data: ParsedJson<JsonObject>,
  record: NodeRecord,
  unprocessed: Unprocessed,
): Promise<Finish> {
  const before = aboutNode({ ...on, reached }, record, data.value);
  const node = await nodeToProcess(before, data.value, record);
  if (await wasDiscovered(on, record)) data.value.auto_discovered = true;
  const discovered = data.value.auto_discovered === true;
  // Where the database has it as the node's unprocessed data, it need not have it twice.
  const kept = on.data.saveWithin === undefined ? unprocessed.text : null;
  const work = { kind: 'process', arguments: { auto_discovered: discovered }, data: kept } as const;
  const processing = await beginProcessing(before, record, work);
  return processNode(on, processing, { data, node, digest: unprocessed.digest });
}

/** The hook that made the node said so to an earlier callback, which was not processed to its end. */
async function wasDiscovered({ nodes }: Introspection, { uuid, state }: NodeRecord): Promise<boolean> {
  if (state === 'waiting') return false;
  return (await nodes.workOf(uuid))?.work.arguments.auto_discovered === true;
}

/**
 * A node that is processed is held; this one was free, so what was being done with it was lost, and begins anew.
 *
 * @throws InspectorError `invalid` when the state does not accept data, which is recorded as the node's error.
 */
async function beginProcessing(
  on: Introspection,
  record: NodeRecord,
  work: WorkInFlight,
): Promise<NodeRecord> {
  if (record.state === 'processing') {
    on.log.warning('The processing of an earlier callback was interrupted; this one takes its place');
    await withUnwritten({ ...on, reached: [] }, (alongside) => on.nodes.replaceWork(record, work, alongside));
    return record;
  }
  try {
    return await withUnwritten(on, (alongside) => on.nodes.transition(record, 'process', work, alongside));
  } catch (error) {
    if (error instanceof InspectorError && error.kind === 'invalid') {
      await endIntrospection(on, record, 'error', error.message);
    }
    throw error;
  }
}
