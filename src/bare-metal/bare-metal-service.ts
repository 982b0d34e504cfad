import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { Logger } from '../logging/logger.ts';

/**
 * A node as the bare metal API shows it: Ironic's own field names, unknown fields kept.
 * Every field but `uuid` may be absent from an older service's answer.
 */
export interface BareMetalNode extends JsonObject {
  uuid: string;
  name: string | null;
  driver: string;
  driver_info: JsonObject;
  properties: JsonObject;
  extra: JsonObject;
  /** `enroll`, `manageable`, `inspect wait`, `active`, ... */
  provision_state: string;
  power_state: string | null;
}

/** A port (one NIC's MAC address) as the bare metal API shows it. */
export interface BareMetalPort extends JsonObject {
  uuid: string;
  /** Lower-case, colon separated. */
  address: string;
  node_uuid: string;
  extra: JsonObject;
  pxe_enabled: boolean;
}

/** One operation of RFC 6902 as the bare metal API takes it. */
export type PatchOperation =
  | { op: 'add' | 'replace' | 'test'; path: string; value: JsonValue }
  | { op: 'remove'; path: string };

export type Patch = readonly PatchOperation[];

/** What `POST /v1/nodes` needs; further fields (name, resource_class, ...) pass through. */
export interface NewNode extends JsonObject {
  driver: string;
}

/** What `POST /v1/ports` needs. */
export interface NewPort {
  address: string;
  node_uuid: string;
  extra?: JsonObject;
  pxe_enabled?: boolean;
}

export type PowerTarget = 'power on' | 'power off' | 'rebooting';

/**
 * What introspection needs of a bare metal service. Two services implement it: `ironic/` and `registry/`.
 *
 * Every method throws `InspectorError`: `not-found` when the node, port or name does not exist,
 * `conflict` when the node is locked or an address is taken, `invalid` when the service refuses the
 * request, `unavailable` when it cannot be reached or fails.
 */
export interface BareMetalService {
  /** By UUID or name. */
  getNode(ident: string): Promise<BareMetalNode>;
  /** All nodes, paged internally; `fields` is what the caller reads. */
  listNodes(fields: readonly string[]): Promise<BareMetalNode[]>;
  /** In state `enroll`. `conflict` is a UUID or name that is taken. */
  createNode(node: NewNode): Promise<BareMetalNode>;
  /**
   * `resetInterfaces` goes with a change of `/driver`. A name that another node has is `invalid`: trying again does not
   * help.
   */
  patchNode(uuid: string, patch: Patch, options?: { resetInterfaces?: boolean }): Promise<BareMetalNode>;
  /** Throws `invalid` with the reason when power cannot be managed. */
  validatePower(uuid: string): Promise<void>;
  /** Network boot for the next boot, or for all following ones when `persistent`. */
  setBootDevice(uuid: string, device: 'pxe', persistent: boolean): Promise<void>;
  /** Accepted, not awaited: the machine changes state later. */
  setPowerState(uuid: string, target: PowerTarget): Promise<void>;
  addTrait(uuid: string, trait: string): Promise<void>;
  /** Removing an absent trait is no error. */
  removeTrait(uuid: string, trait: string): Promise<void>;
  /** The ports of all nodes, paged internally; `fields` is what the caller reads, `uuid` among them. */
  listPorts(fields: readonly string[]): Promise<BareMetalPort[]>;
  /** With all details. */
  listPortsOf(nodeUuid: string): Promise<BareMetalPort[]>;
  findPortByAddress(address: string): Promise<BareMetalPort | undefined>;
  /** Throws `conflict` when the address belongs to a port already. */
  createPort(port: NewPort): Promise<BareMetalPort>;
  patchPort(uuid: string, patch: Patch): Promise<BareMetalPort>;
  deletePort(uuid: string): Promise<void>;
  /**
   * The same service, whose messages about a call, such as that it is sent again, go to the log of whoever works on
   * the node. Absent where a service has none.
   */
  loggingTo?(log: Logger): BareMetalService;
}
