/**
 * What plug-in authors import from `ironic-inspector/plugin`. The `define` functions give back what they are
 * given: they are there for its type. The service checks a plug-in when it loads it, however it was made.
 */
import type { Options } from '../config/option.ts';
import type {
  DataStorePlugin,
  NodeNotFoundHookPlugin,
  Plugin,
  ProcessingHookPlugin,
  PxeFilterPlugin,
  RuleActionPlugin,
  RuleConditionPlugin,
} from './plugin-kinds.ts';

export type { BareMetalNode, BareMetalPort, NewNode, Patch } from '../bare-metal/bare-metal-service.ts';
export type { Option, Options, OptionsOf } from '../config/option.ts';
export { bool, choice, float, integer, list, map, port, text } from '../config/option.ts';
export type { ErrorKind } from '../errors/inspector-error.ts';
export { InspectorError } from '../errors/inspector-error.ts';
export type { JsonObject, JsonValue } from '../json/json-value.ts';
export type { Logger } from '../logging/logger.ts';
export type {
  NodeNotFoundPluginContext,
  PluginContext,
  PxeAccess,
  PxeFilterContext,
  RuleContext,
} from './plugin-context.ts';
export type {
  DataStorePlugin,
  NodeNotFoundHookPlugin,
  Plugin,
  ProcessingHookPlugin,
  PxeFilterPlugin,
  RuleActionPlugin,
  RuleConditionPlugin,
  RuleParameters,
  StoredKind,
} from './plugin-kinds.ts';
export type { PluginNode, PluginPort } from './plugin-node.ts';

/** A step of the processing pipeline. The type argument is that of the plug-in's options: `<typeof options>`. */
export function defineProcessingHook<O extends Options = Options>(
  hook: ProcessingHookPlugin<O>,
): ProcessingHookPlugin<O> {
  return hook;
}

/** What to do with a machine that matches no node. */
export function defineNodeNotFoundHook<O extends Options = Options>(
  hook: NodeNotFoundHookPlugin<O>,
): NodeNotFoundHookPlugin<O> {
  return hook;
}

/** A condition of introspection rules. */
export function defineRuleCondition<O extends Options = Options>(
  condition: RuleConditionPlugin<O>,
): RuleConditionPlugin<O> {
  return condition;
}

/** An action of introspection rules. */
export function defineRuleAction<O extends Options = Options>(
  action: RuleActionPlugin<O>,
): RuleActionPlugin<O> {
  return action;
}

/** A store of introspection data. */
export function defineDataStore<O extends Options = Options>(store: DataStorePlugin<O>): DataStorePlugin<O> {
  return store;
}

/** A PXE filter driver. */
export function definePxeFilter<O extends Options = Options>(filter: PxeFilterPlugin<O>): PxeFilterPlugin<O> {
  return filter;
}

/** A whole plug-in: `export const plugin = definePlugin({ ... })`. */
export function definePlugin<const O extends Options = Options>(plugin: Plugin<O>): Plugin<O> {
  return plugin;
}
