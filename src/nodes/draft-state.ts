import type { BareMetalNode, BareMetalPort, Patch } from '../bare-metal/bare-metal-service.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { Change, PortPatch } from './plan.ts';

/** A node and its ports as the bare metal service had them when processing began. */
export interface NodeSnapshot {
  readonly node: BareMetalNode;
  readonly ports: readonly BareMetalPort[];
}

/** A port on the draft: one that exists (`uuid` set) or one that will be created. */
export interface DraftPort extends JsonObject {
  uuid: string | null;
  address: string;
  extra: JsonObject;
  pxe_enabled: boolean;
}

/** What has been decided so far; all authors' drafts share it. */
export interface DraftState {
  readonly snapshot: NodeSnapshot;
  node: BareMetalNode;
  readonly ports: Map<string, DraftPort>;
  nodePatch: Patch;
  resetInterfaces: boolean;
  /** As drafted at first; what is patched later is sent as a patch of its own. */
  readonly created: Map<string, DraftPort>;
  /** UUIDs by lower-case MAC address. */
  readonly deleted: Map<string, string>;
  portPatches: PortPatch[];
  readonly traits: Map<string, 'add' | 'remove'>;
  readonly changes: Change[];
}

/** The state in which nothing has been decided. The snapshot is copied, and stays as it is. */
export function draftStateOf(snapshot: NodeSnapshot): DraftState {
  const copies = structuredClone(snapshot.ports);
  const ports = copies.map((port): [string, DraftPort] => [port.address.toLowerCase(), port]);
  return {
    snapshot,
    node: structuredClone(snapshot.node),
    ports: new Map(ports),
    nodePatch: [],
    resetInterfaces: false,
    created: new Map(),
    deleted: new Map(),
    portPatches: [],
    traits: new Map(),
    changes: [],
  };
}
