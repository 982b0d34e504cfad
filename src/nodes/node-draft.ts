import type { BareMetalNode, Patch } from '../bare-metal/bare-metal-service.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { Logger } from '../logging/logger.ts';
import { mergeCapabilities } from './capabilities.ts';
import { type DraftPort, type DraftState, draftStateOf, type NodeSnapshot } from './draft-state.ts';
import { mergeOperation } from './merge-operation.ts';
import { patchSteps } from './patch-steps.ts';
import type { Plan } from './plan.ts';

export type { DraftPort, NodeSnapshot } from './draft-state.ts';

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
    return new NodeDraft(draftStateOf(snapshot), 'nobody');
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

  /**
   * A leading slash may be missing, as in the original. `resetInterfaces` goes with a new `/driver`.
   *
   * @throws InspectorError `invalid` when an operation does not fit the node; nothing is changed then.
   */
  patch(operations: Patch, options: { resetInterfaces?: boolean } = {}): void {
    const { next, steps } = patchSteps(this.#state.node, operations);
    this.#state.node = next;
    for (const { operation, change } of steps) {
      this.#state.nodePatch = mergeOperation(this.#state.nodePatch, operation);
      if (change !== undefined) this.#note('node', operation.path, change.from, change.to);
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

  /**
   * False when the node has a port of this MAC already. One that was deleted on the draft is kept after all,
   * with what is given here: the service would refuse a second port of its MAC.
   */
  createPort(port: { address: string; extra?: JsonObject; pxe_enabled?: boolean }): boolean {
    const address = port.address.toLowerCase();
    if (this.#state.ports.has(address)) return false;
    const { pxe_enabled = true } = port;
    const extra = structuredClone(port.extra ?? {});
    if (this.#state.deleted.has(address)) return this.#keepPort(address, { extra, pxe_enabled });
    const drafted = { uuid: null, address, extra, pxe_enabled };
    this.#state.ports.set(address, drafted);
    this.#state.created.set(address, drafted);
    this.#note(`port ${address}`, '', undefined, drafted);
    return true;
  }

  #keepPort(address: string, { extra, pxe_enabled }: Pick<DraftPort, 'extra' | 'pxe_enabled'>): boolean {
    const { snapshot, ports, deleted } = this.#state;
    const kept = snapshot.ports.find(({ uuid }) => uuid === deleted.get(address));
    if (kept === undefined) return false;
    deleted.delete(address);
    ports.set(address, structuredClone(kept));
    this.#note(`port ${address}`, '', undefined, kept);
    this.patchPort(address, [
      { op: 'add', path: '/extra', value: extra },
      { op: 'add', path: '/pxe_enabled', value: pxe_enabled },
    ]);
    return true;
  }

  /**
   * No-op for a MAC that is no port of the node, and for an operation that changes nothing.
   *
   * @throws InspectorError `invalid` when an operation does not fit the port; nothing is changed then.
   */
  patchPort(address: string, operations: Patch, options: { refusalIsHarmless?: boolean } = {}): void {
    const key = address.toLowerCase();
    const port = this.#state.ports.get(key);
    if (port === undefined) return;
    const { next, steps } = patchSteps(port, operations);
    for (const { operation, change } of steps) {
      if (change !== undefined) this.#note(`port ${key}`, operation.path, change.from, change.to);
    }
    if (steps.every(({ change }) => change === undefined)) return;
    this.#state.ports.set(key, next);
    const patch = steps.map(({ operation }) => operation);
    const refusalIsHarmless = options.refusalIsHarmless ?? false;
    this.#state.portPatches.push({ address: key, patch, refusalIsHarmless });
  }

  /** What was decided about the port before is not sent any more. No-op for a MAC that is no port of the node. */
  deletePort(address: string): void {
    const key = address.toLowerCase();
    const port = this.#state.ports.get(key);
    if (port === undefined) return;
    this.#state.ports.delete(key);
    this.#state.created.delete(key);
    this.#state.portPatches = this.#state.portPatches.filter((change) => change.address !== key);
    if (port.uuid !== null) this.#state.deleted.set(key, port.uuid);
    this.#note(`port ${key}`, '', port, undefined);
  }

  /** No-op when that is what was decided before. */
  addTrait(trait: string): void {
    if (this.#state.traits.get(trait) === 'add') return;
    this.#state.traits.set(trait, 'add');
    this.#note('trait', trait, undefined, trait);
  }

  /** No-op when that is what was decided before. */
  removeTrait(trait: string): void {
    if (this.#state.traits.get(trait) === 'remove') return;
    this.#state.traits.set(trait, 'remove');
    this.#note('trait', trait, trait, undefined);
  }

  /** What is to be sent, as decided so far. */
  plan(): Plan {
    const { snapshot, created, deleted, portPatches, traits, nodePatch, resetInterfaces, changes } =
      this.#state;
    const traitsTo = (verb: 'add' | 'remove') =>
      [...traits].flatMap(([name, its]) => (its === verb ? [name] : []));
    return {
      nodeUuid: snapshot.node.uuid,
      portCreations: [...created.values()].map(({ uuid: _none, ...port }) => ({
        ...port,
        node_uuid: snapshot.node.uuid,
      })),
      portPatches: [...portPatches],
      portDeletions: [...deleted].map(([address, uuid]) => ({ address, uuid })),
      traitAdditions: traitsTo('add'),
      traitRemovals: traitsTo('remove'),
      nodePatch: [...nodePatch],
      // Refused without a change of the driver.
      resetInterfaces: resetInterfaces && nodePatch.some(({ path }) => path === '/driver'),
      changes: [...changes],
    };
  }

  #note(on: string, path: string, from: JsonValue | undefined, to: JsonValue | undefined): void {
    this.#state.changes.push({ by: this.#author, on, path, from, to });
  }
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
