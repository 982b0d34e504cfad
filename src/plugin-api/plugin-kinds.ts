import type { Options } from '../config/option.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type {
  NodeNotFoundPluginContext,
  PluginContext,
  PxeFilterContext,
  RuleContext,
} from './plugin-context.ts';
import type { PluginNode } from './plugin-node.ts';

/** One step of the processing pipeline. Named in `[processing]processing_hooks`. */
export interface ProcessingHookPlugin<O extends Options = Options> {
  readonly name: string;
  /** Hooks that must be enabled, and come, before this one. */
  readonly dependencies?: readonly string[];
  /** Before the node is known; may change the data in place. A throw is kept until the node is found. */
  beforeProcessing?(data: JsonObject, context: PluginContext<O>): void | Promise<void>;
  /** The node is known. Changes go into `node` and `data`; a throw ends the introspection in error. */
  beforeUpdate?(data: JsonObject, node: PluginNode, context: PluginContext<O>): void | Promise<void>;
}

/** What to do with a machine that matches no node. Named in `[processing]node_not_found_hook`. */
export interface NodeNotFoundHookPlugin<O extends Options = Options> {
  readonly name: string;
  /** Makes or picks a node and gives its UUID; nothing when the machine is not wanted. */
  handle(
    data: JsonObject,
    context: NodeNotFoundPluginContext<O>,
  ): Promise<string | null | undefined> | string | null | undefined;
}

/** The names of the parameters that a condition or action takes in a rule. */
export interface RuleParameters {
  readonly required?: readonly string[];
  readonly optional?: readonly string[];
}

/** Something that a rule can ask of a field; its name is the rule's `op`. */
export interface RuleConditionPlugin<O extends Options = Options> {
  readonly name: string;
  /** `value` is required, and nothing else allowed, unless this says otherwise. */
  readonly parameters?: RuleParameters;
  /** Whether a field that is not there counts as `null`; otherwise the rule does not match then. */
  readonly allowsMissingField?: boolean;
  /** Beyond the names of the parameters. @throws InspectorError `invalid` with the reason, for the client. */
  validate?(params: JsonObject): void;
  /** Whether the field meets the condition. Synchronous, and without side effects. */
  check(field: JsonValue, params: JsonObject, context: RuleContext<O>): boolean;
}

/** Something that a rule can do; its name is the rule's `action`. */
export interface RuleActionPlugin<O extends Options = Options> {
  readonly name: string;
  /** None unless this names some. */
  readonly parameters?: RuleParameters;
  /** Parameters in which `{data[...]}` stands for a part of the introspection data. */
  readonly formatted?: readonly string[];
  /** Beyond the names of the parameters. @throws InspectorError `invalid` with the reason, for the client. */
  validate?(params: JsonObject): void;
  /** Changes the node. Synchronous. A throw ends the introspection in error. */
  apply(node: PluginNode, params: JsonObject, context: RuleContext<O>): void;
}

/** Which of the two documents of a node: as the hooks left it, or as the ramdisk sent it. */
export type StoredKind = 'processed' | 'unprocessed';

/** Keeps what ramdisks sent. Named in `[processing]store_data`. */
export interface DataStorePlugin<O extends Options = Options> {
  readonly name: string;
  /** Replaces what was there. */
  save(nodeUuid: string, kind: StoredKind, text: string, context: PluginContext<O>): Promise<void> | void;
  /** The text that was saved, byte for byte; nothing when there is none. */
  get(
    nodeUuid: string,
    kind: StoredKind,
    context: PluginContext<O>,
  ): Promise<string | null | undefined> | string | null | undefined;
}

/** Sees to it that only machines under introspection boot the ramdisk. Named in `[pxe_filter]driver`. */
export interface PxeFilterPlugin<O extends Options = Options> {
  readonly name: string;
  /** False for a filter that keeps what is in force in line by itself; others are called every so often. */
  readonly wantsPeriodicSync?: boolean;
  /**
   * Once at the start, before anything is put in force. @throws InspectorError `unavailable` for what passes by
   * itself; anything else stops the start.
   */
  init?(context: PluginContext<O>): Promise<void> | void;
  /**
   * Brings what is in force in line with `context.access()`, and returns when it is. Called after every change of it,
   * never twice at the same time, and always for the whole, so that a call that fails is made good by the next one. A
   * call that fails must not let in more machines than before.
   */
  sync(context: PxeFilterContext<O>): Promise<void> | void;
  /** Undoes what `init` and `sync` did, at the end of the service. May be called twice, and without `init`. */
  tearDown?(context: PluginContext<O>): Promise<void> | void;
}

/** All that a plug-in brings: what its module exports as `plugin`. Unknown members are ignored. */
export interface Plugin<O extends Options = Options> {
  /** Letters, digits, `_`, `-` and `.`; the section of its options has this name. */
  readonly name: string;
  /** The version of this interface that it is written for: `1` or `"1.0"`. */
  readonly apiVersion: number | string;
  /** Its options, by name; made with `text`, `integer`, `bool` and so on. */
  readonly options?: O;
  readonly processingHooks?: readonly ProcessingHookPlugin<O>[];
  readonly nodeNotFoundHooks?: readonly NodeNotFoundHookPlugin<O>[];
  readonly ruleConditions?: readonly RuleConditionPlugin<O>[];
  readonly ruleActions?: readonly RuleActionPlugin<O>[];
  readonly dataStores?: readonly DataStorePlugin<O>[];
  readonly pxeFilters?: readonly PxeFilterPlugin<O>[];
  /** At the start of the service, before anything else of the plug-in is called. A throw stops the start. */
  init?(context: PluginContext<O>): Promise<void> | void;
  /** When the service has stopped working. */
  close?(): Promise<void> | void;
}
