import type { LoadedConfiguration } from '../config/load-configuration.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { NodeNotFoundHook } from '../hooks/node-not-found-hook.ts';
import type { ProcessingHook } from '../hooks/processing-hook.ts';
import type { DataStore } from '../introspection-data/data-store.ts';
import type { Logger } from '../logging/logger.ts';
import type { FilterDriver } from '../pxe-filter/filter-driver.ts';
import { actionBuiltIns } from '../rules/actions/built-ins.ts';
import { conditionBuiltIns } from '../rules/conditions/built-ins.ts';
import type { RulePlugins } from '../rules/rule-plugin.ts';
import type { LoadedPlugin } from './loaded-plugin.ts';
import { makersByName } from './makers-by-name.ts';
import { pluggedFilter } from './plugged-filter.ts';
import { pluggedHook } from './plugged-hook.ts';
import { pluggedNotFoundHook } from './plugged-not-found-hook.ts';
import { pluggedAction, pluggedCondition } from './plugged-rules.ts';
import { pluggedStore } from './plugged-store.ts';
import { type Begun, callPlugin, type PluginOwner } from './plugin-owner.ts';
import { pluginsOptions } from './plugins-options.ts';

/** What plug-ins bring, by name, ready to be enabled. A name may be written `plug-in:name` as well. */
export interface ActivePlugins {
  readonly processingHooks: ReadonlyMap<string, () => ProcessingHook>;
  readonly nodeNotFoundHooks: ReadonlyMap<string, () => NodeNotFoundHook>;
  readonly dataStores: ReadonlyMap<string, () => DataStore>;
  readonly pxeFilters: ReadonlyMap<string, () => FilterDriver>;
  /** With the built-in ones. */
  readonly rules: RulePlugins;
  /** Lets the plug-ins go. Does not throw. */
  close(): Promise<void>;
}

/**
 * Gives the plug-ins their options and lets them begin.
 *
 * @throws InspectorError `invalid` with a line for each plug-in that refuses; the others are closed again.
 */
export async function beginPlugins(
  loaded: readonly LoadedPlugin[],
  config: LoadedConfiguration,
  log: Logger,
): Promise<ActivePlugins> {
  const begun: Begun[] = [];
  const problems: string[] = [];
  for (const one of loaded) {
    const { plugin, source } = one;
    const { name } = plugin;
    const owner = ownerOf(one, config, log);
    try {
      await callPlugin(owner, `init of plug-in ${name}`, (context) => plugin.init?.(context));
      begun.push({ plugin, owner });
      log.info(`Plug-in ${name}${source.version === null ? '' : ` ${source.version}`} from ${source.from}`);
    } catch (error) {
      problems.push(`plug-in ${name} (${source.from}): ${messageOf(error)}`);
    }
  }
  const close = () => closeAll(begun, log);
  if (problems.length > 0) {
    await close();
    throw new InspectorError('invalid', `The plug-ins do not start:\n${problems.join('\n')}`);
  }
  return { ...active(begun), close };
}

/**
 * The same without letting them begin: to see what the configuration could enable, and which hooks depend on others.
 * Nothing of a plug-in runs unless something that is made here is called.
 */
export function pluginsAtRest(
  loaded: readonly LoadedPlugin[],
  config: LoadedConfiguration,
  log: Logger,
): ActivePlugins {
  const begun = loaded.map((one) => ({ plugin: one.plugin, owner: ownerOf(one, config, log) }));
  return { ...active(begun), async close() {} };
}

function ownerOf(
  { plugin, optionGroup }: LoadedPlugin,
  config: LoadedConfiguration,
  log: Logger,
): PluginOwner {
  const timeLimit = config.get(pluginsOptions).time_limit;
  return { name: plugin.name, options: config.get(optionGroup), log, timeLimit };
}

function active(begun: readonly Begun[]): Omit<ActivePlugins, 'close'> {
  const rules = <T extends { readonly name: string }, R extends { readonly name: string }>(
    builtIns: ReadonlyMap<string, R>,
    pick: (plugin: Begun['plugin']) => readonly T[] | undefined,
    make: (member: T, owner: PluginOwner) => R,
  ): ReadonlyMap<string, R> => {
    const own = begun.flatMap(({ plugin, owner }) =>
      (pick(plugin) ?? []).map((member) => [member.name, make(member, owner)] as const),
    );
    return own.length === 0
      ? builtIns
      : new Map([...builtIns, ...own].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  };
  return {
    processingHooks: makersByName(begun, ({ processingHooks }) => processingHooks, pluggedHook),
    nodeNotFoundHooks: makersByName(begun, ({ nodeNotFoundHooks }) => nodeNotFoundHooks, pluggedNotFoundHook),
    dataStores: makersByName(begun, ({ dataStores }) => dataStores, pluggedStore),
    pxeFilters: makersByName(begun, ({ pxeFilters }) => pxeFilters, pluggedFilter),
    rules: {
      conditions: rules(conditionBuiltIns, ({ ruleConditions }) => ruleConditions, pluggedCondition),
      actions: rules(actionBuiltIns, ({ ruleActions }) => ruleActions, pluggedAction),
    },
  };
}

async function closeAll(begun: readonly Begun[], log: Logger): Promise<void> {
  for (const { plugin, owner } of begun.toReversed()) {
    try {
      await callPlugin(owner, `close of plug-in ${owner.name}`, () => plugin.close?.());
    } catch (error) {
      log.error(messageOf(error));
    }
  }
}

/** A service without plug-ins. */
export const noPlugins: ActivePlugins = { ...active([]), async close() {} };
