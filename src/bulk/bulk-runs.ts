import type { BareMetalService } from '../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { BulkMember, BulkRun } from './bulk-run.ts';
import type { BulkRunStore, RunQuery } from './bulk-run-store.ts';
import { chooseNodes, chosenFields } from './choose-nodes.ts';
import type { MemberQuery } from './member-rows.ts';
import { explainPace, firstPace } from './pace.ts';
import { type Selection, selectionDocument } from './selection.ts';

/** How many machines may boot at once. */
export interface ShownPace {
  readonly limit: number;
  readonly bootLimit: number;
  /** Why it is so, in a sentence. */
  readonly explanation: string;
}

/** What the API asks of bulk runs. A run is named by its UUID. */
export interface BulkRuns {
  /**
   * Queues the nodes of a selection. The conductor that leads starts them.
   *
   * @throws InspectorError `invalid` for a selection without nodes, with unknown ones or with too many, and what
   *   the bare metal service threw.
   */
  create(selection: Selection): Promise<BulkRun>;
  list(query: RunQuery): Promise<BulkRun[]>;
  /** @throws InspectorError `not-found`, as do the others. */
  get(run: string): Promise<BulkRun>;
  members(run: string, query: MemberQuery): Promise<BulkMember[]>;
  /** @throws InspectorError `conflict` for a run that has ended. */
  cancel(run: string): Promise<BulkRun>;
  /** @throws InspectorError `conflict` for a run that goes on. */
  delete(run: string): Promise<void>;
  pace(): Promise<ShownPace>;
}

/** What they work on. */
export interface BulkRunsParts {
  readonly store: BulkRunStore;
  readonly bareMetal: Pick<BareMetalService, 'listNodes'>;
  readonly newUuid: () => string;
  /** `[bulk]boot_limit` */
  readonly bootLimit: number;
  /** `[bulk]max_nodes` */
  readonly maxNodes: number;
}

/** Bulk runs over their tables; a new one costs one listing of the bare metal service, page by page. */
export function bulkRuns({ store, bareMetal, newUuid, bootLimit, maxNodes }: BulkRunsParts): BulkRuns {
  return {
    async create(selection) {
      if (selection.kind === 'nodes') requireFew(selection.nodes.length, maxNodes);
      const all = await bareMetal.listNodes(chosenFields);
      const chosen = chooseNodes(selection, all, await store.introspected());
      requireFew(chosen.length, maxNodes);
      const run = newUuid();
      await store.create(run, selectionDocument(selection), chosen);
      return store.get(run);
    },
    list: (query) => store.list(query),
    get: (run) => store.get(run),
    members: (run, query) => store.members(run, query),
    async cancel(run) {
      await store.cancel(run);
      return store.get(run);
    },
    delete: (run) => store.delete(run),
    async pace() {
      const pace = (await store.pace()) ?? firstPace(bootLimit);
      const limit = Math.floor(Math.min(pace.limit, bootLimit));
      return { limit, bootLimit, explanation: explainPace(pace, bootLimit) };
    },
  };
}

function requireFew(nodes: number, most: number): void {
  if (nodes <= most) return;
  throw new InspectorError(
    'invalid',
    `Expected at most ${most} nodes ([bulk]max_nodes), got ${nodes}: narrow the selection`,
  );
}
