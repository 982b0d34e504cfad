import type { BareMetalService } from '../bare-metal/bare-metal-service.ts';
import type { DataStore } from '../introspection-data/data-store.ts';
import type { Logger } from '../logging/logger.ts';
import type { ChangeStore } from '../nodes/change-store.ts';
import type { NodeList } from '../nodes/node-list.ts';
import type { ConductorApi } from '../rpc/conductor-api.ts';
import type { RuleStore } from '../rules/rule-store.ts';
import type { ApiOptions } from './api-options.ts';
import type { Access } from './auth/access.ts';

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
  readonly rules: Pick<RuleStore, 'create' | 'list' | 'get' | 'delete' | 'deleteAll'>;
  readonly bareMetal: Pick<BareMetalService, 'getNode'>;
  readonly log: Logger;
  /** An id for each request, to find it again in the log; its answer has it, too. */
  readonly requestIds: () => string;
  /** `[DEFAULT]debug`, which may change while the service runs: whether answers tell what an unexpected error was. */
  readonly debug: () => boolean;
}
