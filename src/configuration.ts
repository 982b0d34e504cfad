import { apiOptions } from './api/api-options.ts';
import { bareMetalOptions } from './bare-metal/bare-metal-options.ts';
import type { ConfigurationSources } from './config/configuration-sources.ts';
import { type LoadedConfiguration, loadConfiguration } from './config/load-configuration.ts';
import { loggingOptions } from './config/logging-options.ts';
import type { OptionGroup } from './config/option.ts';
import { databaseOptions } from './database/database-options.ts';
import { nodeNotFoundHookOptionGroups } from './hooks/node-not-found/built-ins.ts';
import { processingHookOptionGroups } from './hooks/processing/built-ins.ts';
import { introspectionOptions } from './introspection/introspection-options.ts';
import { dataStoreOptions } from './introspection-data/data-store-options.ts';
import { pxeFilterOptions } from './pxe-filter/pxe-filter-options.ts';
import { ramdiskLogsOptions } from './ramdisk-logs/ramdisk-logs-options.ts';
import { standaloneOptions } from './standalone-options.ts';

/** Every folder's options, in the order of the sample file. */
const optionGroups: readonly OptionGroup[] = [
  standaloneOptions,
  apiOptions,
  introspectionOptions,
  loggingOptions,
  bareMetalOptions,
  databaseOptions,
  ...processingHookOptionGroups,
  ...nodeNotFoundHookOptionGroups,
  dataStoreOptions,
  ramdiskLogsOptions,
  pxeFilterOptions,
];

/** @throws InspectorError `invalid` with a line for each fault. */
export function readConfiguration(sources: ConfigurationSources): LoadedConfiguration {
  return loadConfiguration(optionGroups, sources);
}
