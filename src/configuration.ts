import { apiOptions } from './api/api-options.ts';
import { basicAuthOptions } from './api/auth/auth-options.ts';
import { keystoneAuthOptions } from './api/auth/keystone/keystone-auth-options.ts';
import { corsOptions } from './api/cors/cors-options.ts';
import { originSections } from './api/cors/origin-sections.ts';
import { healthcheckOptions } from './api/healthcheck/healthcheck-options.ts';
import { policyFileOptions } from './api/policy/policy-options.ts';
import { tlsOptions } from './api/tls/tls-options.ts';
import { bareMetalOptions } from './bare-metal/bare-metal-options.ts';
import { acceptedGroup } from './config/accepted/accepted-group.ts';
import { withAcceptedOptions } from './config/accepted/accepted-options.ts';
import type { ConfigurationSources } from './config/configuration-sources.ts';
import { type LoadedConfiguration, loadConfiguration } from './config/load-configuration.ts';
import { loggingOptions } from './config/logging-options.ts';
import type { OptionGroup } from './config/option.ts';
import { databaseOptions } from './database/database-options.ts';
import { nodeNotFoundHookOptionGroups } from './hooks/node-not-found/built-ins.ts';
import { processingHookOptionGroups } from './hooks/processing/built-ins.ts';
import { introspectionOptions } from './introspection/introspection-options.ts';
import { dataStoreOptions } from './introspection-data/data-store-options.ts';
import { clientOptions } from './keystone/client-options.ts';
import { credentialSections } from './keystone/client-settings.ts';
import { pxeFilterOptions } from './pxe-filter/pxe-filter-options.ts';
import { ramdiskLogsOptions } from './ramdisk-logs/ramdisk-logs-options.ts';
import { standaloneOptions } from './standalone-options.ts';
import { swiftOptions } from './swift/swift-options.ts';

/** Every folder's options, in the order of the sample file. */
const ownGroups: readonly OptionGroup[] = [
  standaloneOptions,
  apiOptions,
  tlsOptions,
  corsOptions,
  healthcheckOptions,
  basicAuthOptions,
  keystoneAuthOptions,
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

/** Sections of the original about clients that this version does not have. */
const clientGroups: readonly OptionGroup[] = [
  acceptedGroup('ironic', clientOptions('baremetal')),
  acceptedGroup('service_catalog', clientOptions('baremetal-introspection')),
];

/** Every option there is, each once; the sample file is made from them. */
export const allOptionGroups: readonly OptionGroup[] = withAcceptedOptions(ownGroups, clientGroups);

/** @throws InspectorError `invalid` with a line for each fault. */
export function readConfiguration(sources: ConfigurationSources): LoadedConfiguration {
  const configuration = loadConfiguration(allOptionGroups, sources);
  const named = [
    ...credentialSections(configuration, [swiftOptions, keystoneAuthOptions], ownGroups),
    ...originSections(configuration, configuration.sections),
  ];
  if (named.length === 0) return configuration;
  return loadConfiguration(withAcceptedOptions([...ownGroups, ...named], clientGroups), sources);
}
