import type { OptionGroup } from '../config/option.ts';
import type { Plugin } from '../plugin-api/plugin-kinds.ts';

/** Where a plug-in is from. */
export interface PluginSource {
  /** The file that exports `plugin`; absolute. */
  readonly entry: string;
  /** For people: `package inspector-plugin-acme` or the file's path. */
  readonly from: string;
  /** Of the package; files have none. */
  readonly version: string | null;
}

/** A plug-in whose form has been checked. */
export interface LoadedPlugin {
  readonly plugin: Plugin;
  readonly source: PluginSource;
  /** Its options, in the section of its name; empty for a plug-in without any. */
  readonly optionGroup: OptionGroup;
}

/** What can be plugged in: the members of `Plugin`, and what people call one of them. */
export const pluginKinds = {
  processingHooks: 'processing hook',
  nodeNotFoundHooks: 'node-not-found hook',
  ruleConditions: 'rule condition',
  ruleActions: 'rule action',
  dataStores: 'data store',
  pxeFilters: 'PXE filter',
} as const;

export type PluginKind = keyof typeof pluginKinds;

/** All kinds, in the order in which they are listed. */
export const pluginKindNames = Object.keys(pluginKinds) as readonly PluginKind[];
