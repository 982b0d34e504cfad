import type { Patch } from '../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { canonicalUuid } from '../host/canonical-uuid.ts';
import type { JsonObject } from '../json/json-value.ts';
import { newNode } from './new-node.ts';
import type { Listed, NodeDocument } from './node-document.ts';
import { isLogicalName } from './node-name.ts';
import type { BusyNode, RegisteredNodeStore } from './node-store.ts';
import type { NodeFilter, PageRequest } from './page-request.ts';
import type { RegistryContext } from './registry-context.ts';
import { nodeLocked, nodeNotFound } from './registry-errors.ts';
import { requireTrait, traitSet } from './trait.ts';
import { updatedNode } from './update-node.ts';

/** States in which a node may go away; it may in any other while it is in maintenance. */
const deletable = ['available', 'enroll', 'manageable'];

/** The nodes of the registry, with Ironic's rules. Answers carry the secrets of `driver_info`. */
export class RegistryNodes {
  readonly #store: RegisteredNodeStore;
  readonly #context: RegistryContext;

  constructor(store: RegisteredNodeStore, context: RegistryContext) {
    this.#store = store;
    this.#context = context;
  }

  /**
   * By UUID in any spelling, or by name.
   *
   * @throws InspectorError `not-found`, or `invalid` for what can be neither.
   */
  async get(ident: string): Promise<NodeDocument> {
    const node = await this.#store.find(...addressOf(ident));
    if (node === undefined) throw nodeNotFound(ident);
    return node;
  }

  /**
   * The UUID of a node that is there; its document is not read.
   *
   * @throws InspectorError as `get` does.
   */
  async uuidOf(ident: string): Promise<string> {
    const row = await this.#store.findRow(...addressOf(ident));
    if (row === undefined) throw nodeNotFound(ident);
    return row.uuid;
  }

  /** The provision state, without reading the document; `undefined` when the node is gone. */
  async stateOf(uuid: string): Promise<string | undefined> {
    return (await this.#store.findRow('uuid', uuid))?.provision_state;
  }

  /** @throws InspectorError `invalid` naming the field that is wrong, `conflict` for a name or UUID that is taken. */
  async create(given: JsonObject, provisionState: 'enroll' | 'available' = 'enroll'): Promise<NodeDocument> {
    const node = newNode(given, { uuid: this.#context.newUuid(), now: this.#context.now(), provisionState });
    await this.#store.insert(node);
    return node;
  }

  /** @throws InspectorError as `updatedNode`; `conflict` also for a name that is taken. */
  async patch(
    uuid: string,
    patch: Patch,
    resetInterfaces: boolean,
    check?: (node: NodeDocument) => void,
  ): Promise<NodeDocument> {
    return this.#store.change(uuid, (node) => {
      check?.(node);
      return updatedNode(node, patch, { now: this.#context.now(), resetInterfaces });
    });
  }

  /** Changes what no patch may; `updated_at` follows. */
  async change(uuid: string, change: (node: NodeDocument) => NodeDocument): Promise<NodeDocument> {
    return this.#store.change(uuid, (node) => {
      const next = change(node);
      return next === node ? node : { ...next, updated_at: this.#context.now() };
    });
  }

  /**
   * The same for a node that may be gone. Nothing is written for one that `change` leaves alone.
   *
   * @returns Whether the node was changed.
   */
  async changeIfThere(uuid: string, change: (node: NodeDocument) => NodeDocument): Promise<boolean> {
    let changed = false;
    try {
      await this.change(uuid, (node) => {
        const next = change(node);
        changed = next !== node;
        return next;
      });
    } catch (error) {
      if (!(error instanceof InspectorError) || error.kind !== 'not-found') throw error;
    }
    return changed;
  }

  /** @throws InspectorError `conflict` or `forbidden` when the node is in use. */
  async delete(uuid: string): Promise<void> {
    await this.#store.delete(uuid, (node) => this.#refuseInUse(node));
  }

  /** Replaces the traits by what `change` makes of them. */
  async changeTraits(uuid: string, change: (traits: readonly string[]) => readonly string[]): Promise<void> {
    await this.change(uuid, (node) => {
      const traits = traitSet(uuid, change(node.traits));
      for (const trait of traits) if (!node.traits.includes(trait)) requireTrait(trait);
      return { ...node, traits };
    });
  }

  async page(filter: NodeFilter, request: PageRequest): Promise<Listed[]> {
    return this.#store.page(filter, request);
  }

  /** These fields of all nodes, and the UUID. */
  async all(fields: readonly string[]): Promise<Listed[]> {
    return this.#store.all(fields);
  }

  /** The nodes on their way from one state to another. */
  async busy(): Promise<BusyNode[]> {
    return this.#store.busy();
  }

  /** The nodes in one of these provision states. */
  async inStates(states: readonly string[]): Promise<NodeDocument[]> {
    return this.#store.inStates(states);
  }

  #refuseInUse(node: NodeDocument): void {
    const { uuid, provision_state: state } = node;
    if (node.target_power_state !== null) throw nodeLocked(uuid, this.#context.host);
    if (!node.maintenance && node.instance_uuid !== null) {
      throw new InspectorError('conflict', `Node ${uuid} is associated with instance ${node.instance_uuid}.`);
    }
    if (node.protected) {
      throw new InspectorError(
        'forbidden',
        `Node ${uuid} is protected and cannot be undeployed, rebuilt or deleted`,
      );
    }
    if (!node.maintenance && !deletable.includes(state)) {
      throw new InspectorError(
        'conflict',
        `Can not delete node "${uuid}" while it is in provision state "${state}". Valid provision states to perform ` +
          `deletion are: "${deletable.join(', ')}", or set the node into maintenance mode`,
      );
    }
  }
}

/** @throws InspectorError `invalid` for what can be neither UUID nor name. */
function addressOf(ident: string): ['uuid' | 'name', string] {
  const uuid = canonicalUuid(ident);
  if (uuid !== undefined) return ['uuid', uuid];
  if (isLogicalName(ident)) return ['name', ident];
  throw new InspectorError('invalid', `Expected UUID or name for node_ident: ${ident.slice(0, 300)}`);
}
