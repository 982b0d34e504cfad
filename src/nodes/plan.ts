import type { NewPort, Patch } from '../bare-metal/bare-metal-service.ts';
import type { JsonValue } from '../json/json-value.ts';

/** One thing that a hook or a rule decided, and what it was before. */
export interface Change {
  /** Who decided it: `hook scheduler`, `rule <uuid>`. */
  readonly by: string;
  /** What it concerns: `node`, `port <mac>` or `trait`. */
  readonly on: string;
  /** JSON pointer into the node or port; the trait's name for traits; empty for a whole port. */
  readonly path: string;
  /** `undefined`: there was nothing. */
  readonly from: JsonValue | undefined;
  /** `undefined`: it is removed. */
  readonly to: JsonValue | undefined;
}

/** Changes of one port, by its lower-case MAC address: a port that exists, or one that is created before. */
export interface PortPatch {
  readonly address: string;
  readonly patch: Patch;
  /** A refusal by the bare metal service (400) is logged, and the introspection goes on. */
  readonly refusalIsHarmless: boolean;
}

/** Everything that is to be sent to the bare metal service for one node, worked out before anything is sent. */
export interface Plan {
  readonly nodeUuid: string;
  readonly portCreations: readonly NewPort[];
  readonly portPatches: readonly PortPatch[];
  readonly portDeletions: readonly { readonly address: string; readonly uuid: string }[];
  readonly traitAdditions: readonly string[];
  readonly traitRemovals: readonly string[];
  readonly nodePatch: Patch;
  readonly resetInterfaces: boolean;
  readonly changes: readonly Change[];
}
