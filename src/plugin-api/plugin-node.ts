import type { BareMetalNode, Patch } from '../bare-metal/bare-metal-service.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';

/** A port of the node; `uuid` is `null` for one that will be created. */
export interface PluginPort extends JsonObject {
  uuid: string | null;
  /** Lower-case, colon separated. */
  address: string;
  extra: JsonObject;
  pxe_enabled: boolean;
}

/**
 * The node under introspection as hooks and actions of plug-ins see it: it reads like the node with all changes
 * so far, and writes down what is to be changed. Nothing is sent before all hooks and rules have run. It can
 * be used until the hook or action has ended, and no longer.
 */
export interface PluginNode {
  readonly uuid: string;
  /** A copy of the node with all changes so far. */
  readonly node: BareMetalNode;
  /** Copies of the ports by lower-case MAC address, with all changes so far. */
  readonly ports: ReadonlyMap<string, PluginPort>;
  /**
   * Operations of RFC 6902; `resetInterfaces` goes with a new `/driver`.
   *
   * @throws InspectorError `invalid` when an operation does not fit the node; nothing is changed then.
   */
  patch(operations: Patch, options?: { readonly resetInterfaces?: boolean }): void;
  /** Sets members of `properties`. They are text in the bare metal API. */
  updateProperties(properties: Readonly<Record<string, JsonValue>>): void;
  /** Merges into `properties/capabilities`; `null` removes one. */
  setCapabilities(capabilities: Readonly<Record<string, string | null>>): void;
  /** False when the node has a port of this MAC address already. */
  createPort(port: {
    readonly address: string;
    readonly extra?: JsonObject;
    readonly pxe_enabled?: boolean;
  }): boolean;
  /** No-op for a MAC address that is no port of the node. */
  patchPort(address: string, operations: Patch): void;
  /** No-op for a MAC address that is no port of the node. */
  deletePort(address: string): void;
  addTrait(trait: string): void;
  removeTrait(trait: string): void;
}
