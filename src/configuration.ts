import { apiOptions } from './api/api-options.ts';
import { basicAuthOptions } from './api/auth/auth-options.ts';
import { keystoneAuthOptions } from './api/auth/keystone/keystone-auth-options.ts';
import { corsOptions } from './api/cors/cors-options.ts';
import { originSections } from './api/cors/origin-sections.ts';
import { healthcheckOptions } from './api/healthcheck/healthcheck-options.ts';
import { policyFileOptions } from './api/policy/policy-options.ts';
import { tlsOptions } from './api/tls/tls-options.ts';
import { bareMetalOptions } from './bare-metal/bare-metal-options.ts';
import { bootEvidenceOptions } from './boot-evidence/boot-evidence-options.ts';
import { bulkOptions } from './bulk/bulk-options.ts';
import { conductorOptions } from './conductor-options.ts';
import { withAcceptedOptions } from './config/accepted/accepted-options.ts';
import type { ConfigurationSources } from './config/configuration-sources.ts';
import { type LoadedConfiguration, loadConfiguration } from './config/load-configuration.ts';
import { loggingOptions } from './config/logging-options.ts';
import type { OptionGroup } from './config/option.ts';
import { databaseOptions } from './database/database-options.ts';
import { historyOptions } from './history/history-options.ts';
import { nodeNotFoundHookOptionGroups } from './hooks/node-not-found/built-ins.ts';
import { processingHookOptionGroups } from './hooks/processing/built-ins.ts';
import { introspectionOptions } from './introspection/introspection-options.ts';
import { dataStoreOptions } from './introspection-data/data-store-options.ts';
import { ironicOptions } from './ironic/ironic-options.ts';
import { credentialSections } from './keystone/client-settings.ts';
import { enableMdnsOptions, mdnsOptions, serviceCatalogOptions } from './mdns/mdns-options.ts';
import { pluginsOptions } from './plugins/plugins-options.ts';
import { filterDriverOptionGroups } from './pxe-filter/built-ins.ts';
import { pxeFilterOptions } from './pxe-filter/pxe-filter-options.ts';
import { rootwrapOptions } from './pxe-filter/rootwrap-options.ts';
import { ramdiskLogsOptions } from './ramdisk-logs/ramdisk-logs-options.ts';
import { messagingOptions } from './rpc/amqp/messaging-options.ts';
import { rabbitOptions } from './rpc/amqp/rabbit-options.ts';
import { standaloneOptions } from './standalone-options.ts';
import { stopOptions } from './stop-in-order.ts';
import { swiftOptions } from './swift/swift-options.ts';

/** Every folder's options, in the order of the sample file. */
const ownGroups: readonly OptionGroup[] = [
  standaloneOptions,
  stopOptions,
  conductorOptions,
  messagingOptions,
  rabbitOptions,
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
  ironicOptions,
  databaseOptions,
  ...processingHookOptionGroups,
  ...nodeNotFoundHookOptionGroups,
  dataStoreOptions,
  historyOptions,
  bulkOptions,
  ramdiskLogsOptions,
  pxeFilterOptions,
  ...filterDriverOptionGroups,
  rootwrapOptions,
  bootEvidenceOptions,
  swiftOptions,
  enableMdnsOptions,
  mdnsOptions,
  serviceCatalogOptions,
  pluginsOptions,
];

/** Sections of the original about clients that this version does not have. */
const clientGroups: readonly OptionGroup[] = [];

/** Every option there is, each once; the sample file is made from them. */
export const allOptionGroups: readonly OptionGroup[] = withAcceptedOptions(ownGroups, clientGroups);

/**
 * @param ofPlugins The options that plug-ins declare.
 * @throws InspectorError `invalid` with a line for each fault.
 */
export function readConfiguration(
  sources: ConfigurationSources,
  ofPlugins: readonly OptionGroup[] = [],
): LoadedConfiguration {
  const configuration = loadConfiguration([...allOptionGroups, ...ofPlugins], sources);
  const named = [
    ...credentialSections(
      configuration,
      [ironicOptions, swiftOptions, serviceCatalogOptions, keystoneAuthOptions],
      ownGroups,
    ),
    ...originSections(configuration, configuration.sections),
  ];
  if (named.length === 0) return configuration;
  return loadConfiguration(
    withAcceptedOptions([...ownGroups, ...named, ...ofPlugins], clientGroups),
    sources,
  );
}
