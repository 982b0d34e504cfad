import type { ApiDependencies } from '../src/api/api-dependencies.ts';
import { type ApiOptions, apiOptions } from '../src/api/api-options.ts';
import type { Access } from '../src/api/auth/access.ts';
import { everybody } from '../src/api/auth/no-authentication.ts';
import type { BareMetalNode } from '../src/bare-metal/bare-metal-service.ts';
import type { BulkRuns } from '../src/bulk/bulk-runs.ts';
import { defaultsOf } from '../src/config/option.ts';
import { InspectorError } from '../src/errors/inspector-error.ts';
import type { DataKind } from '../src/introspection-data/data-store.ts';
import type { JsonObject } from '../src/json/json-value.ts';
import { pythonJson } from '../src/json/python-json.ts';
import { silentLogger } from '../src/logging/logger.ts';
import type { RememberedFailure } from '../src/nodes/lookup-failure.ts';
import type { ListQuery } from '../src/nodes/node-list.ts';
import type { NodeRecord } from '../src/nodes/node-record.ts';
import type { Change } from '../src/nodes/plan.ts';
import type { RecordedStage } from '../src/nodes/stage.ts';
import type { HostHealth } from '../src/pxe-filter/filter-health-store.ts';
import { RuleEngine } from '../src/rules/rule-engine.ts';
import { FakeBareMetal } from './fake-bare-metal.ts';
import { fakeBulkRuns } from './fake-bulk-runs.ts';
import { fakeRules } from './fake-rules.ts';

/** What the API asked of its surroundings, in order: `start <uuid> true`, `get <uuid>`. */
export interface ApiFakes extends ApiDependencies {
  readonly calls: string[];
}

export interface ApiFakesSettings {
  readonly options?: Partial<ApiOptions>;
  /** Everybody is let in unless it is given. */
  readonly access?: Access;
  /** By UUID. */
  readonly records?: readonly NodeRecord[];
  /** UUIDs by name, in the bare metal service. */
  readonly names?: Readonly<Record<string, string>>;
  /** What hooks decided, by UUID. */
  readonly changes?: Readonly<Record<string, readonly Change[]>>;
  /** What was written down, by UUID. */
  readonly accounts?: Readonly<Record<string, JsonObject>>;
  /** How far introspections came, by UUID. */
  readonly stages?: Readonly<Record<string, readonly RecordedStage[]>>;
  readonly lookupFailures?: readonly RememberedFailure[];
  readonly pxeFilters?: readonly HostHealth[];
  readonly bulk?: Partial<BulkRuns>;
  /** Stored text by `<uuid> <kind>`. */
  readonly data?: Readonly<Record<string, string>>;
}

/** The options of the API with authentication off. */
function apiOptionsWith(changes: Partial<ApiOptions> = {}): ApiOptions {
  return { ...defaultsOf(apiOptions), auth_strategy: 'noauth', ...changes };
}

/** A record of the node cache that waits for its ramdisk. */
export function nodeRecord(changes: Partial<NodeRecord> = {}): NodeRecord {
  return {
    uuid: '2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a01',
    state: 'waiting',
    startedAt: '2026-11-22T13:36:35.999804',
    finishedAt: null,
    error: null,
    manageBoot: true,
    versionId: 'v1',
    ...changes,
  };
}

/** Surroundings of the API that answer from what they are given and note what they are asked. */
export function apiFakes(settings: ApiFakesSettings = {}): ApiFakes {
  const calls: string[] = [];
  const note = (...words: readonly unknown[]): number => calls.push(words.join(' '));
  return {
    calls,
    options: apiOptionsWith(settings.options),
    access: settings.access ?? everybody(),
    log: silentLogger(),
    debug: () => false,
    requestIds: () => 'req-1',
    conductor: {
      start: async (node, { manageBoot }) => void note('start', node, manageBoot),
      abort: async (node) => void note('abort', node),
      reapply: async (node, data) =>
        void note('reapply', node, data && pythonJson(data.value, data.exactNumbers)),
      async continue(data) {
        note('continue', pythonJson(data.value, data.exactNumbers));
        return { uuid: nodeRecord().uuid };
      },
    },
    ...fakeStores(settings, note),
    timeline: { of: async (uuid) => [...(settings.stages?.[uuid] ?? [])] },
    accounts: { find: async (uuid) => settings.accounts?.[uuid] },
    lookupFailures: { list: async () => [...(settings.lookupFailures ?? [])] },
    pxeFilters: { list: async () => settings.pxeFilters ?? [] },
    dryRun: {
      hooks: (names = []) => names.map((name) => ({ name })),
      rules: { all: async () => [] },
      ruleEngine: new RuleEngine(),
      bareMetal: new FakeBareMetal(),
    },
    rules: fakeRules(),
    bulk: fakeBulkRuns(settings.bulk),
    history: emptyHistory,
  };
}

/** The history of nodes that were never introspected. */
const emptyHistory: ApiDependencies['history'] = {
  list: async () => [],
  get: async (node, run) => {
    throw new InspectorError('not-found', `Node ${node} has no run ${run} in its history`);
  },
  latestWithData: async () => undefined,
  document: async () => undefined,
};

function fakeStores(
  { records = [], names = {}, data = {}, changes = {} }: ApiFakesSettings,
  note: (...words: readonly unknown[]) => void,
): Pick<ApiDependencies, 'nodes' | 'data' | 'changes' | 'bareMetal'> {
  return {
    nodes: {
      async get(uuid) {
        note('get', uuid);
        const record = records.find((candidate) => candidate.uuid === uuid);
        if (record === undefined)
          throw new InspectorError('not-found', `Could not find node ${uuid} in cache`);
        return record;
      },
      async list(query: ListQuery) {
        note('list', JSON.stringify(query));
        return [...records];
      },
    },
    data: {
      name: 'fake',
      keeps: true,
      save: async () => undefined,
      digest: async () => undefined,
      async get(uuid: string, kind: DataKind) {
        note('data', uuid, kind);
        const text = Object.hasOwn(data, `${uuid} ${kind}`) ? data[`${uuid} ${kind}`] : undefined;
        if (text !== undefined) return text;
        const processed = kind === 'processed' ? 'True' : 'False';
        throw new InspectorError(
          'not-found',
          `Introspection data not found for node ${uuid}, processed=${processed}`,
        );
      },
    },
    changes: {
      async get(uuid) {
        const found = Object.hasOwn(changes, uuid) ? changes[uuid] : undefined;
        if (found !== undefined) return [...found];
        throw new InspectorError('not-found', `No changes are recorded for node ${uuid}`);
      },
    },
    bareMetal: {
      async getNode(ident) {
        note('getNode', ident);
        const uuid = Object.hasOwn(names, ident) ? names[ident] : undefined;
        if (uuid === undefined) throw new InspectorError('not-found', `Node ${ident} could not be found`);
        return { uuid } as BareMetalNode;
      },
    },
  };
}
