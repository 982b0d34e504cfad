import type { BareMetalService } from '../bare-metal/bare-metal-service.ts';
import type { BulkRuns } from '../bulk/bulk-runs.ts';
import type { HistoryStore } from '../history/history-store.ts';
import type { HookOptionTexts } from '../hooks/changed-hook-options.ts';
import type { ProcessingHook } from '../hooks/processing-hook.ts';
import type { DataStore } from '../introspection-data/data-store.ts';
import type { Logger } from '../logging/logger.ts';
import type { AccountStore } from '../nodes/account-store.ts';
import type { ChangeStore } from '../nodes/change-store.ts';
import type { LookupFailureStore } from '../nodes/lookup-failure-store.ts';
import type { NodeList } from '../nodes/node-list.ts';
import type { TimelineStore } from '../nodes/timeline-store.ts';
import type { ConductorApi } from '../rpc/conductor-api.ts';
import type { RuleEngine } from '../rules/rule-engine.ts';
import type { RulePlugins } from '../rules/rule-plugin.ts';
import type { RuleStore } from '../rules/rule-store.ts';
import type { ApiOptions } from './api-options.ts';
import type { Access } from './auth/access.ts';
import type { FilterHealthReader } from './routes/pxe-filter.ts';

/** What is read of the history. */
export type HistoryReader = Pick<HistoryStore, 'list' | 'get' | 'latestWithData' | 'document'>;

/** What a dry run is put together from. */
export interface DryRunParts {
  /**
   * Those of these names, or those of the configuration, with some options other than there.
   *
   * @throws InspectorError `invalid` for one that there is not.
   */
  hooks(names?: readonly string[], options?: HookOptionTexts): readonly ProcessingHook[];
  readonly rules: Pick<RuleStore, 'all'>;
  readonly ruleEngine: RuleEngine;
  readonly bareMetal: Pick<BareMetalService, 'getNode' | 'listPortsOf'>;
}

/** All that the API works with. A route takes what it needs of it. */
export interface ApiDependencies {
  readonly options: ApiOptions;
  /** Decides which requests are let in. */
  readonly access: Access;
  readonly conductor: ConductorApi;
  readonly nodes: NodeList;
  readonly data: DataStore;
  /** What the hooks of a node's last run decided. */
  readonly changes: Pick<ChangeStore, 'get'>;
  /** What each node's last run did and why. */
  readonly accounts: Pick<AccountStore, 'find'>;
  /** How far each node's introspection came. */
  readonly timeline: Pick<TimelineStore, 'of'>;
  /** Machines for which no node was found. */
  readonly lookupFailures: Pick<LookupFailureStore, 'list'>;
  readonly pxeFilters: FilterHealthReader;
  readonly history: HistoryReader;
  readonly bulk: BulkRuns;
  readonly rules: Pick<
    RuleStore,
    'create' | 'list' | 'listWithPriorities' | 'get' | 'update' | 'delete' | 'deleteAll'
  >;
  readonly dryRun: DryRunParts;
  /** What a new rule may consist of; the built-in conditions and actions unless given. */
  readonly rulePlugins?: RulePlugins;
  readonly bareMetal: Pick<BareMetalService, 'getNode'>;
  readonly log: Logger;
  /** An id for each request, to find it again in the log; its answer has it, too. */
  readonly requestIds: () => string;
  /** `[DEFAULT]debug`, which may change while the service runs: whether answers tell what an unexpected error was. */
  readonly debug: () => boolean;
}
