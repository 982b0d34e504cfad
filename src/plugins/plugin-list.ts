import type { LoadedConfiguration } from '../config/load-configuration.ts';
import { processingOptions } from '../hooks/processing-options.ts';
import { dataStoreOptions } from '../introspection-data/data-store-options.ts';
import { pxeFilterOptions } from '../pxe-filter/pxe-filter-options.ts';
import { builtInNames } from './built-in-names.ts';
import { membersOf } from './check-plugin.ts';
import { type LoadedPlugin, type PluginKind, pluginKindNames, pluginKinds } from './loaded-plugin.ts';

/** One hook, condition, action, store or filter. */
export interface ListedMember {
  /** `processing hook`, `rule action` and so on. */
  readonly kind: string;
  readonly name: string;
  /** `built-in`, or the plug-in that brings it. */
  readonly plugin: string;
  /** Where the plug-in is from; `built-in` for what comes with the service. */
  readonly source: string;
  readonly version: string | null;
  /** The configuration makes the service use it. Conditions and actions can always be used. */
  readonly enabled: boolean;
}

/**
 * All that can be enabled, by kind; the built-in ones first.
 *
 * @param version The service's own.
 */
export function listMembers(
  plugins: readonly LoadedPlugin[],
  config: LoadedConfiguration,
  version: string,
): ListedMember[] {
  const enabled = enabledNames(config);
  return pluginKindNames.flatMap((kind) => {
    const isEnabled = (...names: readonly string[]) =>
      enabled[kind] === undefined || names.some((name) => enabled[kind]?.includes(name) === true);
    const builtIn = builtInNames[kind].map((name) => ({
      kind: pluginKinds[kind],
      name,
      plugin: 'built-in',
      source: 'built-in',
      version,
      enabled: isEnabled(name),
    }));
    const plugged = plugins.flatMap(({ plugin, source }) =>
      membersOf(plugin, kind).map(({ name }) => ({
        kind: pluginKinds[kind],
        name,
        plugin: plugin.name,
        source: source.from,
        version: source.version,
        enabled: isEnabled(name, `${plugin.name}:${name}`),
      })),
    );
    return [...builtIn, ...plugged];
  });
}

/** By kind, what the configuration names; nothing for kinds that need not be named. */
function enabledNames(config: LoadedConfiguration): Partial<Record<PluginKind, readonly string[]>> {
  const { processing_hooks, node_not_found_hook } = config.get(processingOptions);
  return {
    processingHooks: processing_hooks.split(',').map((name) => name.trim()),
    nodeNotFoundHooks: node_not_found_hook === null ? [] : [node_not_found_hook],
    dataStores: [config.get(dataStoreOptions).store_data],
    pxeFilters: [config.get(pxeFilterOptions).driver],
  };
}
