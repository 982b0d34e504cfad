import { ProcessLocks } from '../src/coordination/process-locks.ts';
import type { Database } from '../src/database/database.ts';
import { recordedHistory } from '../src/history/history.ts';
import { HistoryStore } from '../src/history/history-store.ts';
import type { Introspection } from '../src/introspection/introspection.ts';
import { databaseDataStore } from '../src/introspection-data/database-store.ts';
import type { JsonObject } from '../src/json/json-value.ts';
import { type ParsedJson, parseJson } from '../src/json/parse-json.ts';
import { AccountStore } from '../src/nodes/account-store.ts';
import { ChangeStore } from '../src/nodes/change-store.ts';
import { LookupFailureStore } from '../src/nodes/lookup-failure-store.ts';
import { NodeStore } from '../src/nodes/node-store.ts';
import { oneAtATime } from '../src/nodes/one-at-a-time.ts';
import { TimelineStore } from '../src/nodes/timeline-store.ts';
import { UnansweredStore } from '../src/nodes/unanswered-store.ts';
import type { PxeFilter } from '../src/pxe-filter/pxe-filter.ts';
import { RuleEngine } from '../src/rules/rule-engine.ts';
import { RuleStore } from '../src/rules/rule-store.ts';
import type { FakeBareMetal } from './fake-bare-metal.ts';
import { builtInHooks, hookOptions } from './hook-pipeline.ts';
import { type RecordingLogger, recordingLogger } from './recording-logger.ts';
import { type SettableClock, settableClock } from './settable-clock.ts';
import { testDatabase } from './test-database.ts';

/** Introspection over a database in memory and a fake bare metal service, with what a test looks at. */
export interface IntrospectionUnderTest {
  readonly on: Introspection;
  readonly bareMetal: FakeBareMetal;
  readonly log: RecordingLogger;
  readonly clock: SettableClock;
  readonly database: Database;
  /** UUIDs whose logs were kept; `undefined` for an unknown machine. */
  readonly keptLogs: (string | undefined)[];
  /** What the bare metal service was told of ends. */
  readonly ends: (readonly [string, string | null])[];
  /** What the PXE filter was told: nodes, and their ports where they were just listed. */
  readonly accessChanges: readonly Parameters<PxeFilter['nodeChanged']>[];
  /** Returns when no background work is left. */
  settled(): Promise<void>;
}

/** All default hooks, data kept in the database (`given`, or one in memory), no waits. */
export async function introspectionUnderTest(
  bareMetal: FakeBareMetal,
  changes: Partial<Introspection> = {},
  given?: Database,
): Promise<IntrospectionUnderTest> {
  const database = given ?? (await testDatabase());
  const clock = settableClock();
  const log = recordingLogger();
  const running = new Set<Promise<void>>();
  const keptLogs: (string | undefined)[] = [];
  const ends: (readonly [string, string | null])[] = [];
  const accessChanges: Parameters<PxeFilter['nodeChanged']>[] = [];
  const on: Introspection = {
    nodes: new NodeStore(database, clock),
    changes: new ChangeStore(database),
    accounts: new AccountStore(database),
    timeline: new TimelineStore(database),
    lookupFailures: new LookupFailureStore(database, clock),
    unanswered: new UnansweredStore(database),
    locks: new ProcessLocks(),
    bareMetal,
    data: databaseDataStore(database),
    history: recordedHistory(new HistoryStore(database, clock)),
    hooks: defaultHooks(),
    rules: new RuleStore(database, clock),
    ruleEngine: new RuleEngine(),
    nodeNotFoundHook: undefined,
    pxeFilter: { name: 'counting', nodeChanged: async (...told) => void accessChanges.push(told) },
    ramdiskLogs: { storeAlways: false, store: async (_data, uuid) => void keptLogs.push(uuid) },
    background: {
      submit(_description, work) {
        const run = work().finally(() => running.delete(run));
        running.add(run);
      },
    },
    bmc: {
      fields: ['redfish_address'],
      resolve: async (address) => [{ address, family: 4 }],
      searchInTurn: oneAtATime(),
    },
    powerOnTurns: { next: async () => {} },
    settings: { powerOff: true, permitActive: false, timeout: 3600, lockWait: 1000, retryInterval: 0 },
    ended: async (uuid, error) => void ends.push([uuid, error]),
    clock,
    log,
    ...changes,
  };
  return {
    on,
    bareMetal,
    log,
    clock,
    database,
    keptLogs,
    ends,
    accessChanges,
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

/** The hooks that are enabled by default, with the default options. */
function defaultHooks() {
  const options = hookOptions();
  return builtInHooks(options.processing.default_processing_hooks, options);
}

/** A document as it comes from the API. */
export function posted(data: JsonObject): ParsedJson<JsonObject> {
  return parseJson(Buffer.from(JSON.stringify(data))) as ParsedJson<JsonObject>;
}
