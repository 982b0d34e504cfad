import type { BareMetalService } from './bare-metal/bare-metal-service.ts';
import { conductorOptions } from './conductor-options.ts';
import type { LoadedConfiguration } from './config/load-configuration.ts';
import type { Database } from './database/database.ts';
import type { Clock } from './host/clock.ts';
import type { Logger } from './logging/logger.ts';
import type { NodeStore } from './nodes/node-store.ts';
import type { ActivePlugins } from './plugins/begin-plugins.ts';
import { filterDriverNamed } from './pxe-filter/built-ins.ts';
import type { FilterDriver } from './pxe-filter/filter-driver.ts';
import { FilterHealthStore } from './pxe-filter/filter-health-store.ts';
import { healthListener } from './pxe-filter/health-listener.ts';
import { iptablesOptions } from './pxe-filter/iptables/iptables-options.ts';
import { openPxeFilter } from './pxe-filter/open-pxe-filter.ts';
import type { PxeFilterService } from './pxe-filter/pxe-filter.ts';
import { pxeFilterOptions } from './pxe-filter/pxe-filter-options.ts';

interface Parts {
  readonly config: LoadedConfiguration;
  readonly database: Database;
  readonly nodes: NodeStore;
  readonly bareMetal: BareMetalService;
  readonly plugins: Pick<ActivePlugins, 'pxeFilters'>;
  /** A node-not-found hook is configured. */
  readonly discovery: boolean;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * The PXE filter that the configuration wants, not yet begun.
 *
 * @throws InspectorError `invalid` naming the option, for a driver that does not exist and options that cannot be.
 */
export function pxeFilterOver({ config, database, plugins, ...parts }: Parts): PxeFilterService {
  const { clock, log } = parts;
  const { host } = config.get(conductorOptions);
  const store = new FilterHealthStore(database, clock);
  return openPxeFilter({
    ...parts,
    driver: configuredDriver(config, plugins, log),
    options: config.get(pxeFilterOptions),
    ethoibInterfaces: config.get(iptablesOptions).ethoib_interfaces,
    listener: healthListener((health) => store.save(host, health), log),
  });
}

/** @throws InspectorError as `filterDriverNamed`. */
export function configuredDriver(
  config: LoadedConfiguration,
  plugins: Pick<ActivePlugins, 'pxeFilters'>,
  log: Logger,
): FilterDriver {
  return filterDriverNamed(config.get(pxeFilterOptions).driver, { config, log }, plugins.pxeFilters);
}
