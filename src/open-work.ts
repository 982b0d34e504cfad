import { cleanUpHistory } from './conductor/periodic/clean-up-history.ts';
import { forgetGoneNodes } from './conductor/periodic/forget-gone-nodes.ts';
import type { PeriodicTask } from './conductor/periodic/periodic-task.ts';
import { reconcileInspections } from './conductor/periodic/reconcile-inspections.ts';
import { syncPxeFilter } from './conductor/periodic/sync-pxe-filter.ts';
import { WorkerPool } from './conductor/worker-pool.ts';
import type { Locks } from './coordination/locks.ts';
import { messageOf, stackFields } from './errors/inspector-error.ts';
import { followedBoots } from './followed-boots.ts';
import { historyCleaner } from './history/expired-rows.ts';
import { historyOptions } from './history/history-options.ts';
import { introspectionOptions } from './introspection/introspection-options.ts';
import { introspectionOver, type OpenIntrospection } from './introspection-over.ts';
import type { Logger } from './logging/logger.ts';
import { type OpenBareMetal, openBareMetal } from './open-bare-metal.ts';
import { openBulk } from './open-bulk.ts';
import type { PxeFilterService } from './pxe-filter/pxe-filter.ts';
import { pxeFilterOptions } from './pxe-filter/pxe-filter-options.ts';
import { signOfLifePeriod } from './registry/signs-of-life.ts';
import type { ServiceParts } from './service-parts.ts';
import type { StoppingPart } from './stop-in-order.ts';

/** All that works on nodes, not yet at work. */
export interface OpenWork {
  /**
   * Begins the PXE filter, so that nothing is worked on before it is known who may boot, and goes on with `then`; ends
   * the filter when that fails.
   */
  begin(then: () => Promise<void>): Promise<void>;
  readonly introspection: OpenIntrospection;
  readonly bareMetal: OpenBareMetal;
  /** Keeps nodes and introspections from saying different things. */
  readonly keepInStep: PeriodicTask;
  /** Ends work on nodes of the registry that nobody is at any more. */
  readonly recoverAbandoned: PeriodicTask;
  /** Repairs what the PXE filter has in force. */
  readonly syncFilter: PeriodicTask;
  /** Records what the boot server does for machines. */
  readonly followBoots: PeriodicTask;
  /** Deletes runs of the history that need not be kept any more. */
  readonly tidyHistory: PeriodicTask;
  /** Starts the next nodes of bulk runs. */
  readonly startQueued: PeriodicTask;
  /** To be stopped in this order. */
  readonly stopping: readonly StoppingPart[];
}

/**
 * Puts introspection on the bare metal service that the configuration names.
 *
 * @param locks Those that several conductors share; left out, the service has the database to itself.
 * @throws InspectorError naming the option, for a hook, store, filter or client that does not work.
 */
export async function openWork(parts: ServiceParts, locks?: Locks): Promise<OpenWork> {
  const { database, config, log, clock, proxies, plugins } = parts;
  const options = config.get(introspectionOptions);
  const pool = new WorkerPool(options.max_concurrency, log);
  const bareMetal = openBareMetal({ config, database, clock, log, proxies });
  const { registry } = bareMetal;
  const introspection = introspectionOver({
    database,
    config,
    log,
    clock,
    bareMetal: bareMetal.service,
    background: pool,
    proxies,
    plugins,
    ended: async (uuid, error) => registry?.introspectionEnded(uuid, error),
    ...(locks === undefined ? {} : { locks }),
  });
  log.info(`Bare metal service: ${await bareMetal.describe()}`);
  const bulk = openBulk(parts, introspection);
  const followed = await followedBoots(parts);
  return {
    begin: (then) => filteredBegin(introspection.pxeFilter, then, log),
    introspection,
    bareMetal,
    keepInStep:
      registry === undefined
        ? forgetGoneNodes(introspection, options.clean_up_period)
        : reconcileInspections(registry, introspection.nodes, options.clean_up_period, {
            shared: locks !== undefined,
          }),
    recoverAbandoned: {
      name: 'recover-abandoned',
      everySeconds: registry === undefined ? 0 : signOfLifePeriod,
      run: async () => registry?.recoverAbandoned(),
    },
    tidyHistory: tidyHistory(parts),
    syncFilter: syncPxeFilter(introspection.pxeFilter, config.get(pxeFilterOptions).sync_period),
    followBoots: followed.task,
    startQueued: bulk.task,
    stopping: [
      ...followed.stopping,
      bulk.stopping,
      { waitsFor: 'introspections in the background', stop: () => pool.drain() },
      { waitsFor: 'the PXE filter', stop: () => introspection.pxeFilter.end() },
      { waitsFor: 'the bare metal service', stop: () => bareMetal.close() },
      { waitsFor: 'the data store', stop: async () => introspection.data.close?.() },
      { waitsFor: 'the plug-ins', stop: () => plugins.close() },
    ],
  };
}

async function filteredBegin(
  filter: PxeFilterService,
  then: () => Promise<void>,
  log: Logger,
): Promise<void> {
  try {
    await filter.begin();
    await then();
  } catch (error) {
    await filter.end().catch((failure: unknown) => {
      log.error(`The PXE filter could not be ended: ${messageOf(failure)}`, stackFields(failure));
    });
    throw error;
  }
}

function tidyHistory({ database, config, clock, log }: ServiceParts): PeriodicTask {
  const { max_runs, max_age, clean_up_period } = config.get(historyOptions);
  const clean = historyCleaner(database, clock, { maxRuns: max_runs, maxAge: max_age });
  return cleanUpHistory(clean, clean_up_period, log);
}
