import { epochMilliseconds } from '../host/clock.ts';
import { isObject, type JsonObject, type JsonValue, objectsIn } from '../json/json-value.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import type { RecordedStage } from '../nodes/stage.ts';
import { canceledByOperator, introspectionTimeout } from './end-texts.ts';
import { stopAdvice } from './stop-advice.ts';

/** What a timeline is made of. */
export interface TimelineSources {
  readonly record: NodeRecord;
  /** In the order of the way. */
  readonly stages: readonly RecordedStage[];
  /** What the last run did, if it came so far. */
  readonly account: JsonObject | undefined;
}

/** One stage as it is shown. */
type Entry = {
  readonly stage: string;
  readonly at: string | null;
  /** When it was seen last. */
  readonly last_at: string | null;
  readonly times: number;
  readonly evidence: JsonObject;
};

/**
 * What the introspection has gone through, in the order of time; for one that is waiting or has timed out also how
 * far it came and what to check.
 */
export function timelineOf({ record, stages, account }: TimelineSources): JsonObject {
  const processed = account === undefined ? [] : processingStages(account);
  const shown = stages.map(({ stage, at, lastAt, times, evidence }) => ({
    stage,
    at,
    last_at: lastAt,
    times,
    evidence,
  }));
  const way = [
    entry('started', record.startedAt, { manage_boot: record.manageBoot }),
    ...shown.filter(({ stage }) => stage !== 'powered-off'),
    ...processed,
    ...shown.filter(({ stage }) => stage === 'powered-off'),
  ];
  const last = lastStage(way);
  return {
    node: record.uuid,
    state: record.state,
    error: record.error,
    stages: [...inOrderOfTime(way), ...ending(record)],
    last_stage: last,
    advice: isWithoutAnswer(record) ? stopAdvice(last, record.manageBoot) : null,
  };
}

/** How far an introspection came that did not end in time, and what to check. */
export function stopSentence(record: NodeRecord, stages: readonly RecordedStage[]): string {
  const last = stages.findLast(({ stage }) => stage !== 'powered-off');
  const when = last === undefined ? '' : ` (${last.at.slice(0, 19)} UTC)`;
  const name = last?.stage ?? 'started';
  return `the last stage reached is ${name}${when}. ${stopAdvice(name, record.manageBoot)}`;
}

/** The furthest on the way, which need not be what was seen last. Powering off is no step towards an answer. */
function lastStage(way: readonly Entry[]): string {
  return way.findLast(({ stage }) => stage !== 'powered-off')?.stage ?? 'started';
}

/** Waits for its ramdisk, or did so in vain. */
function isWithoutAnswer({ state, error }: NodeRecord): boolean {
  return state === 'starting' || state === 'waiting' || (state === 'error' && timedOut(error));
}

function timedOut(error: string | null): boolean {
  return error?.startsWith(introspectionTimeout) ?? false;
}

/** Hooks, rules and what was sent, out of the account of the run. */
function processingStages(account: JsonObject): Entry[] {
  const hooks = objectsIn(account.hooks).map(({ name, phase, milliseconds, error, ended_at }) =>
    entry('hook', textOf(ended_at), {
      name: name ?? null,
      phase: phase ?? null,
      milliseconds: milliseconds ?? null,
      error: error ?? null,
    }),
  );
  const ruledAt = textOf(account.ruled_at);
  const rules = objectsIn(account.rules);
  const sent = objectsIn(account.sent);
  const refused = sent.filter(({ refusal }) => isObject(refusal)).length;
  const applied = rules.filter(({ outcome }) => outcome === 'applied').length;
  return [
    ...(account.kind === 'reapply' ? [entry('reapply-begun', textOf(account.began_at), {})] : []),
    ...hooks,
    ...(ruledAt === null ? [] : [entry('rules-run', ruledAt, { rules: rules.length, applied })]),
    ...(sent.length === 0 && ruledAt === null
      ? []
      : [entry('changes-applied', textOf(account.ended_at), { requests: sent.length, refused })]),
  ];
}

function ending({ state, finishedAt, error }: NodeRecord): Entry[] {
  if (finishedAt === null) return [];
  if (state === 'finished') return [entry('finished', finishedAt, {})];
  // Its error tells what stands above it.
  if (timedOut(error)) return [entry('timed-out', finishedAt, {})];
  return [entry(error === canceledByOperator ? 'aborted' : 'failed', finishedAt, { error })];
}

function entry(stage: string, at: string | null, evidence: JsonObject): Entry {
  return { stage, at, last_at: at, times: 1, evidence };
}

/**
 * Of two that came within a second, the one that lies earlier on the way is first: not every database keeps
 * fractions of it.
 */
function inOrderOfTime(way: readonly Entry[]): Entry[] {
  const second = ({ at }: Entry) => (at === null ? 0 : Math.floor(epochMilliseconds(at) / 1000));
  return way.toSorted((one, other) => second(one) - second(other));
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
