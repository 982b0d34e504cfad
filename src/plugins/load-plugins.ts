import { optionGroup } from '../config/option.ts';
import { normalSection } from '../config/parse-ini.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { Plugin } from '../plugin-api/plugin-kinds.ts';
import { builtInNames } from './built-in-names.ts';
import { membersOf, nameOf, optionsOf, pluginProblems } from './check-plugin.ts';
import { importingModules } from './import-modules.ts';
import {
  type LoadedPlugin,
  type PluginKind,
  type PluginSource,
  pluginKindNames,
  pluginKinds,
} from './loaded-plugin.ts';
import { findSources, type NamedPlugins } from './plugin-sources.ts';
import { refuseWritable } from './refuse-writable.ts';
import { withinTimeLimit } from './time-limit.ts';

/** What loading takes besides what the configuration names. */
export interface Loading extends NamedPlugins {
  /** Seconds that a module may take to load; 0 for no limit. */
  readonly timeLimit: number;
  /** The user whose rights the service has; `undefined` where the system has none. */
  readonly userId: number | undefined;
  /** Sections of the configuration that no plug-in can have. */
  readonly takenSections: ReadonlySet<string>;
}

/** Kinds that are enabled as a whole: a name must belong to one plug-in alone. */
const alwaysEnabled: readonly PluginKind[] = ['ruleConditions', 'ruleActions'];

/**
 * Imports and checks every plug-in that the configuration names.
 *
 * @throws InspectorError `invalid` with a line for each problem of all of them.
 */
export async function loadPlugins(loading: Loading): Promise<readonly LoadedPlugin[]> {
  const { sources, problems } = findSources(loading);
  const found = [...problems];
  const plugins: LoadedPlugin[] = [];
  if (sources.length > 0) {
    const allow = (path: string) => refuseWritable(path, loading.userId);
    await importingModules(allow, async (load) => {
      for (const source of sources) {
        const { plugin, problems: its } = await loaded(source, load, loading);
        const name = plugin === undefined ? source.from : `plug-in ${nameOf(plugin) ?? '?'} (${source.from})`;
        found.push(...its.map((problem) => `${name}: ${problem}`));
        if (plugin === undefined || its.length > 0) continue;
        const checked = plugin as Plugin;
        const group = optionGroup(normalSection(checked.name), optionsOf(checked));
        plugins.push({ plugin: checked, source, optionGroup: group });
      }
    });
  }
  found.push(...clashes(plugins, loading.takenSections));
  if (found.length === 0) return plugins;
  throw new InspectorError('invalid', `The plug-ins cannot be used:\n${found.join('\n')}`);
}

async function loaded(
  source: PluginSource,
  load: (path: string) => Promise<unknown>,
  { timeLimit, api }: Loading,
): Promise<{ readonly plugin?: unknown; readonly problems: readonly string[] }> {
  try {
    const module = (await withinTimeLimit('loading', timeLimit, () => load(source.entry))) as {
      readonly plugin?: unknown;
      readonly default?: { readonly plugin?: unknown };
    };
    const plugin = module.plugin ?? module.default?.plugin;
    return { plugin, problems: pluginProblems(plugin, api) };
  } catch (error) {
    const isOurs = error instanceof InspectorError;
    const why = messageOf(error);
    return { problems: [isOurs ? why : `it cannot be loaded: ${why}. Check the file and what it imports`] };
  }
}

/** Names that two have, or that the service has itself. */
function clashes(plugins: readonly LoadedPlugin[], takenSections: ReadonlySet<string>): string[] {
  const problems: string[] = [];
  const seen = new Map<string, PluginSource>();
  for (const { plugin, source } of plugins) {
    const section = normalSection(plugin.name);
    const other = seen.get(section);
    const who = `plug-in ${plugin.name} (${source.from})`;
    if (other !== undefined) {
      problems.push(`${who}: ${other.from} has the same name. Name only one of them in [plugins]`);
    }
    if (takenSections.has(section)) {
      problems.push(
        `${who}: the section [${section}] belongs to the service. The plug-in needs another name`,
      );
    }
    seen.set(section, source);
  }
  return [...problems, ...pluginKindNames.flatMap((kind) => memberClashes(kind, plugins))];
}

function memberClashes(kind: PluginKind, plugins: readonly LoadedPlugin[]): string[] {
  const owners = new Map<string, string>();
  const problems: string[] = [];
  for (const { plugin, source } of plugins) {
    for (const { name } of membersOf(plugin, kind)) {
      const what = `plug-in ${plugin.name} (${source.from}): the ${pluginKinds[kind]} ${name}`;
      const other = owners.get(name);
      owners.set(name, plugin.name);
      if (builtInNames[kind].includes(name))
        problems.push(`${what} is one of the service itself. It needs another name`);
      else if (other !== undefined && other !== plugin.name && alwaysEnabled.includes(kind)) {
        problems.push(`${what} is brought by plug-in ${other}, too. Name only one of them in [plugins]`);
      }
    }
  }
  return problems;
}
