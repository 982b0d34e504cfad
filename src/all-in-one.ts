import type { FilterHealthReader } from './api/routes/pxe-filter.ts';
import { conductor } from './conductor/conductor.ts';
import { cleanUp } from './conductor/periodic/clean-up.ts';
import { onlyLeader } from './conductor/periodic/only-leader.ts';
import { startPeriodicTasks } from './conductor/periodic/periodic-task.ts';
import { takeUpLost } from './conductor/periodic/take-up-lost-work.ts';
import { conductorOptions } from './conductor-options.ts';
import type { LoadedConfiguration } from './config/load-configuration.ts';
import { withoutConductors } from './coordination/without-conductors.ts';
import { claimDatabase } from './database/claim-database.ts';
import { migrate } from './database/migrate.ts';
import type { ServiceClaim } from './database/service-claim.ts';
import { type Clock, timestampOf } from './host/clock.ts';
import { introspectionOptions } from './introspection/introspection-options.ts';
import { recover } from './introspection/recover.ts';
import { updatePxeAccess } from './introspection/update-pxe-access.ts';
import type { Logger } from './logging/logger.ts';
import { announcement } from './mdns/announcement.ts';
import { openWork } from './open-work.ts';
import type { PxeFilterService } from './pxe-filter/pxe-filter.ts';
import type { PortDocument } from './registry/node-document.ts';
import type { RunningApi, Surroundings } from './running.ts';
import { serveApi } from './serve-api.ts';
import { onDatabase, type ServiceParts } from './service-parts.ts';
import { stopInOrder, stopOptions, stopPatience } from './stop-in-order.ts';

/** Seconds; there is lost work only after the database, or another service, was away. */
const takeUpPeriod = 10;

/**
 * API and conductor in one process, as `[DEFAULT]standalone = true` asks for. What was in flight when the
 * service last went down is taken up before the first request is answered.
 *
 * @throws InspectorError for a configuration that does not work, or a port or file that cannot be had.
 */
export function startAllInOne(
  config: LoadedConfiguration,
  log: Logger,
  surroundings: Surroundings = {},
): Promise<RunningApi> {
  return onDatabase(config, log, surroundings, async (parts) => {
    let claim: ServiceClaim | undefined;
    try {
      claim = await claimDatabase(parts.database, { log });
      await migrate(parts.database, log);
      claim = await withoutConductors(parts.database, claim, { log });
      return await startOn(parts, claim);
    } catch (error) {
      await claim?.release();
      throw error;
    }
  });
}

async function startOn(parts: ServiceParts, claim: ServiceClaim): Promise<RunningApi> {
  const { config, log, clock, proxies, database } = parts;
  const work = await openWork(parts);
  const { introspection, bareMetal, keepInStep } = work;
  const announced = announcement(config, { clock, log, proxies });
  const prepare = async () => {
    await bareMetal.registry?.recover();
    await recover(introspection);
    if (bareMetal.registry !== undefined) await keepInStep.run();
  };
  const { nodes, changes, data } = introspection;
  const pxeFilters = ownFilter(introspection.pxeFilter, config.get(conductorOptions).host, clock);
  const sources = {
    nodes,
    changes,
    data,
    bareMetal,
    conductor: conductor(introspection),
    pxeFilters,
    pxeFilter: () => introspection.pxeFilter.health(),
    portChanged: (port: PortDocument) => updatePxeAccess(introspection, port.node_uuid, [port]),
  };
  const api = await serveApi(parts, sources, () => announced.begin(() => work.begin(prepare)));
  const { clean_up_period } = config.get(introspectionOptions);
  const periodic = startPeriodicTasks(
    [
      cleanUp(introspection, clean_up_period, work.followBoots),
      takeUpLost(introspection, claim, takeUpPeriod),
      keepInStep,
      work.recoverAbandoned,
      work.tidyHistory,
      work.followBoots,
      work.syncFilter,
      onlyLeader(work.startQueued, { isLeader: () => claim.isHeld() }),
    ],
    log,
  );
  return {
    url: api.url,
    status: `Listening on ${api.url}`,
    reload: () => api.reload(),
    stop: () =>
      stopInOrder(
        [
          { waitsFor: 'the farewell by mDNS', stop: () => announced.withdraw() },
          ...api.stopping,
          { waitsFor: 'periodic tasks', stop: () => periodic.stop() },
          ...work.stopping,
          { waitsFor: 'the claim on the database', stop: () => claim.release() },
          { waitsFor: 'the database', stop: () => database.close() },
        ],
        log,
        stopPatience(config.get(stopOptions)),
      ),
  };
}

/** There is one filter, and it is asked itself. */
function ownFilter(filter: PxeFilterService, host: string, clock: Clock): FilterHealthReader {
  return { list: async () => [{ ...filter.health(), host, updatedAt: timestampOf(clock.now()) }] };
}
