import { apiOptions } from './api/api-options.ts';
import { policyFileOptions } from './api/policy/policy-options.ts';
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
import { credentialSections } from './keystone/client-settings.ts';
import { pxeFilterOptions } from './pxe-filter/pxe-filter-options.ts';
import { ramdiskLogsOptions } from './ramdisk-logs/ramdisk-logs-options.ts';
import { standaloneOptions } from './standalone-options.ts';
import { swiftOptions } from './swift/swift-options.ts';

/** Every folder's options, in the order of the sample file. */
const optionGroups: readonly OptionGroup[] = [
  standaloneOptions,
  apiOptions,
  policyFileOptions,
  introspectionOptions,
  loggingOptions,
  bareMetalOptions,
  databaseOptions,
  ...processingHookOptionGroups,
  ...nodeNotFoundHookOptionGroups,
  dataStoreOptions,
  ramdiskLogsOptions,
  pxeFilterOptions,
  swiftOptions,
];

/** @throws InspectorError `invalid` with a line for each fault. */
export function readConfiguration(sources: ConfigurationSources): LoadedConfiguration {
  const configuration = loadConfiguration(optionGroups, sources);
  const named = credentialSections(configuration, [swiftOptions], optionGroups);
  return named.length === 0 ? configuration : loadConfiguration([...optionGroups, ...named], sources);
}
