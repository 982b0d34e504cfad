import { isDeepStrictEqual } from 'node:util';
import type { BareMetalNode, BareMetalPort, Patch, PatchOperation } from '../bare-metal/bare-metal-service.ts';
import { patched, valueAt } from '../json/json-patch.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { Logger } from '../logging/logger.ts';
import { mergeCapabilities } from './capabilities.ts';
import { mergeOperation } from './merge-operation.ts';
import type { Change, Plan, PortPatch } from './plan.ts';

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

interface DraftState {
  readonly snapshot: NodeSnapshot;
  node: BareMetalNode;
  readonly ports: Map<string, DraftPort>;
  nodePatch: Patch;
  resetInterfaces: boolean;
  readonly created: string[];
  readonly deleted: { address: string; uuid: string }[];
  readonly portPatches: PortPatch[];
  readonly traits: Map<string, 'add' | 'remove'>;
  readonly changes: Change[];
}

/**
 * The node as hooks and rules see it: it reads like the node with their changes in it, and writes down
 * every change with its author. Nothing is sent; `plan()` says what is to be sent once all have spoken.
 */
export class NodeDraft {
  readonly #state: DraftState;
  readonly #author: string;

  private constructor(state: DraftState, author: string) {
    this.#state = state;
    this.#author = author;
  }

  static of(snapshot: NodeSnapshot): NodeDraft {
    const ports = snapshot.ports.map((port): [string, DraftPort] => [
      port.address.toLowerCase(),
      structuredClone(port),
    ]);
    const state: DraftState = {
      snapshot,
      node: structuredClone(snapshot.node),
      ports: new Map(ports),
      nodePatch: [],
      resetInterfaces: false,
      created: [],
      deleted: [],
      portPatches: [],
      traits: new Map(),
      changes: [],
    };
    return new NodeDraft(state, 'nobody');
  }

  /** The same draft; what is changed through the result is written down as this author's. */
  by(author: string): NodeDraft {
    return new NodeDraft(this.#state, author);
  }

  get uuid(): string {
    return this.#state.node.uuid;
  }

  /** The node with all changes so far. Not to be modified; use `patch`. */
  get node(): Readonly<BareMetalNode> {
    return this.#state.node;
  }

  /** By lower-case MAC address, with all changes so far. */
  get ports(): ReadonlyMap<string, Readonly<DraftPort>> {
    return this.#state.ports;
  }

  /** A leading slash may be missing, as in the original. `resetInterfaces` goes with a new `/driver`. */
  patch(operations: Patch, options: { resetInterfaces?: boolean } = {}): void {
    for (const given of operations) {
      const operation = { ...given, path: absolute(given.path) } as PatchOperation;
      const next = patched(this.#state.node, [operation]);
      const from = valueAt(this.#state.node, operation.path);
      const to = valueAt(next, operation.path);
      this.#state.node = next;
      if (operation.op !== 'test' && !operation.path.endsWith('/-') && isDeepStrictEqual(from, to)) continue;
      this.#state.nodePatch = mergeOperation(this.#state.nodePatch, operation);
      this.#note('node', operation.path, from, to);
    }
    if (options.resetInterfaces === true) this.#state.resetInterfaces = true;
  }

  /** Properties are text in the bare metal API. */
  updateProperties(properties: Readonly<Record<string, JsonValue>>): void {
    this.patch(
      Object.entries(properties).map(([name, value]) => ({
        op: 'add',
        path: `/properties/${escaped(name)}`,
        value,
      })),
    );
  }

  /** Merges into `properties/capabilities`; `null` removes one. Malformed existing items are left out with a warning. */
  setCapabilities(capabilities: Readonly<Record<string, string | null>>, log: Logger): void {
    if (Object.keys(capabilities).length === 0) return;
    const merged = mergeCapabilities(this.node.properties.capabilities, capabilities, log);
    this.updateProperties({ capabilities: merged });
  }

  /** False when the node has a port of this MAC already. */
  createPort(port: { address: string; extra?: JsonObject; pxe_enabled?: boolean }): boolean {
    const address = port.address.toLowerCase();
    if (this.#state.ports.has(address)) return false;
    const drafted = { uuid: null, address, extra: port.extra ?? {}, pxe_enabled: port.pxe_enabled ?? true };
    this.#state.ports.set(address, drafted);
    this.#state.created.push(address);
    this.#note(`port ${address}`, '', undefined, drafted);
    return true;
  }

  /** No-op for a MAC that is no port of the node, and for an operation that changes nothing. */
  patchPort(address: string, operations: Patch, options: { refusalIsHarmless?: boolean } = {}): void {
    const port = this.#state.ports.get(address.toLowerCase());
    if (port === undefined) return;
    const effective: PatchOperation[] = [];
    let next = port;
    for (const operation of operations) {
      const before = valueAt(next, operation.path);
      next = patched(next, [operation]);
      const after = valueAt(next, operation.path);
      if (isDeepStrictEqual(before, after)) continue;
      effective.push(operation);
      this.#note(`port ${port.address}`, operation.path, before, after);
    }
    if (effective.length === 0) return;
    this.#state.ports.set(port.address.toLowerCase(), next);
    this.#state.portPatches.push({
      address: port.address.toLowerCase(),
      patch: effective,
      refusalIsHarmless: options.refusalIsHarmless ?? false,
    });
  }

  deletePort(address: string): void {
    const port = this.#state.ports.get(address.toLowerCase());
    if (port === undefined) return;
    this.#state.ports.delete(address.toLowerCase());
    this.#note(`port ${port.address}`, '', port, undefined);
    if (port.uuid !== null) this.#state.deleted.push({ address: port.address, uuid: port.uuid });
  }

  addTrait(trait: string): void {
    this.#state.traits.set(trait, 'add');
    this.#note('trait', trait, undefined, trait);
  }

  removeTrait(trait: string): void {
    this.#state.traits.set(trait, 'remove');
    this.#note('trait', trait, trait, undefined);
  }

  /** What is to be sent, as decided so far. */
  plan(): Plan {
    const { snapshot, ports, created, deleted, portPatches, traits, nodePatch, resetInterfaces, changes } =
      this.#state;
    const gone = new Set(deleted.map((port) => port.address.toLowerCase()));
    return {
      nodeUuid: snapshot.node.uuid,
      portCreations: created.flatMap((address) => newPort(snapshot.node.uuid, ports.get(address))),
      portPatches: portPatches.filter(({ address }) => ports.get(address)?.uuid && !gone.has(address)),
      portDeletions: [...deleted],
      traitAdditions: [...traits].flatMap(([name, verb]) => (verb === 'add' ? [name] : [])),
      traitRemovals: [...traits].flatMap(([name, verb]) => (verb === 'remove' ? [name] : [])),
      nodePatch: [...nodePatch],
      resetInterfaces,
      changes: [...changes],
    };
  }

  #note(on: string, path: string, from: JsonValue | undefined, to: JsonValue | undefined): void {
    this.#state.changes.push({ by: this.#author, on, path, from, to });
  }
}

/** A port patched after it was drafted is created as it ended up; further fields go with the creation. */
function newPort(nodeUuid: string, port: DraftPort | undefined) {
  if (port === undefined) return [];
  const { uuid: _uuid, ...fields } = port;
  return [{ ...fields, node_uuid: nodeUuid }];
}

function absolute(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
