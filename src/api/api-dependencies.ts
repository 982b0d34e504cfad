import type { BareMetalService } from '../bare-metal/bare-metal-service.ts';
import type { HistoryStore } from '../history/history-store.ts';
import type { DataStore } from '../introspection-data/data-store.ts';
import type { Logger } from '../logging/logger.ts';
import type { AccountStore } from '../nodes/account-store.ts';
import type { ChangeStore } from '../nodes/change-store.ts';
import type { LookupFailureStore } from '../nodes/lookup-failure-store.ts';
import type { NodeList } from '../nodes/node-list.ts';
import type { ConductorApi } from '../rpc/conductor-api.ts';
import type { RulePlugins } from '../rules/rule-plugin.ts';
import type { RuleStore } from '../rules/rule-store.ts';
import type { ApiOptions } from './api-options.ts';
import type { Access } from './auth/access.ts';

/** What is read of the history. */
export type HistoryReader = Pick<HistoryStore, 'list' | 'get' | 'latestWithData' | 'document'>;

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
  /** Machines for which no node was found. */
  readonly lookupFailures: Pick<LookupFailureStore, 'list'>;
  readonly history: HistoryReader;
  readonly rules: Pick<RuleStore, 'create' | 'list' | 'get' | 'delete' | 'deleteAll'>;
  /** What a new rule may consist of; the built-in conditions and actions unless given. */
  readonly rulePlugins?: RulePlugins;
  readonly bareMetal: Pick<BareMetalService, 'getNode'>;
  readonly log: Logger;
  /** An id for each request, to find it again in the log; its answer has it, too. */
  readonly requestIds: () => string;
  /** `[DEFAULT]debug`, which may change while the service runs: whether answers tell what an unexpected error was. */
  readonly debug: () => boolean;
}
