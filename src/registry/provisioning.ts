import { messageOf } from '../errors/inspector-error.ts';
import type { RequestContext } from '../rpc/conductor-api.ts';
import type { BackgroundWork } from './background-work.ts';
import type { NodeDocument, PortDocument } from './node-document.ts';
import type { PowerActions } from './power-actions.ts';
import { atState } from './provision-state.ts';
import type { RegistryContext } from './registry-context.ts';
import { invalidStateRequested, nodeInMaintenance, nodeLocked } from './registry-errors.ts';
import type { RegistryNodes } from './registry-nodes.ts';

/** The states that a verb leads to; a verb that has none for a node's state is refused. */
const verbs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  manage: { enroll: 'verifying', available: 'manageable', 'inspect failed': 'manageable' },
  provide: { manageable: 'available' },
  inspect: { manageable: 'inspecting', 'inspect failed': 'inspecting' },
  abort: { 'inspect wait': 'inspect failed' },
};

/** What `PUT .../states/provision` takes. */
export const provisionVerbs: readonly string[] = Object.keys(verbs);

/** How the registry reaches the introspection, which is built upon it. */
export interface IntrospectionHooks {
  /** Starts the introspection of a node, as `POST /v1/introspection/<uuid>` does. */
  readonly startIntrospection: (uuid: string, from?: RequestContext) => Promise<void>;
  readonly abortIntrospection: (uuid: string, from?: RequestContext) => Promise<void>;
  /** A client has made or changed a port. Returns when the PXE filter knows it, and does not throw. */
  readonly portChanged?: ((port: PortDocument) => Promise<void>) | undefined;
}

/** The life of a node in the registry: enrolled, managed, inspected and provided; there is nothing to deploy. */
export class Provisioning {
  readonly #nodes: RegistryNodes;
  readonly #power: PowerActions;
  readonly #background: BackgroundWork;
  readonly #context: RegistryContext;

  constructor(
    nodes: RegistryNodes,
    power: PowerActions,
    background: BackgroundWork,
    context: RegistryContext,
  ) {
    this.#nodes = nodes;
    this.#power = power;
    this.#background = background;
    this.#context = context;
  }

  /**
   * Accepts a verb of `PUT .../states/provision`; where it takes time, the node shows how it went.
   *
   * @param from The request, which the log of what follows names.
   * @throws InspectorError `invalid` when the node's state does not know the verb, `conflict` while the node is busy.
   */
  async request(uuid: string, verb: string, hooks: IntrospectionHooks, from?: RequestContext): Promise<void> {
    const node = await this.#nodes.change(uuid, (current) => this.#begin(current, verb));
    const work = this.#workAfter(verb, node, {
      startIntrospection: (ident) => hooks.startIntrospection(ident, from),
      abortIntrospection: (ident) => hooks.abortIntrospection(ident, from),
    });
    if (work !== undefined) this.#background.start(keyOf(uuid), () => this.#context.atWork(uuid, work));
  }

  /**
   * Tells the registry that an introspection has ended. A node that is not being inspected on the registry's
   * own request stays as it is.
   *
   * @param error Why it failed, `null` when it did not.
   * @param isMeant Looks at the node as it is by now; for whom was not told at once. A node whose
   *   introspection is being started just now is not meant then either.
   * @returns Whether the node was being inspected.
   */
  async introspectionEnded(
    uuid: string,
    error: string | null,
    isMeant?: (node: NodeDocument) => boolean,
  ): Promise<boolean> {
    return this.#move(uuid, ['inspecting', 'inspect wait'], (node) => {
      if (isMeant !== undefined && (!isMeant(node) || this.#background.has(keyOf(uuid)))) return node;
      return error === null
        ? { ...this.#at(node, 'manageable'), inspection_finished_at: this.#context.now() }
        : { ...this.#at(node, 'inspect failed'), last_error: `Failed to inspect hardware. Reason: ${error}` };
    });
  }

  /** Tells the registry that an introspection, which it has seen start, runs; so the operator may abort it. */
  async introspectionWaits(uuid: string, isMeant: (node: NodeDocument) => boolean): Promise<void> {
    await this.#move(uuid, ['inspecting'], (node) =>
      isMeant(node) && !this.#background.has(keyOf(uuid)) ? this.#at(node, 'inspect wait') : node,
    );
  }

  #begin(node: NodeDocument, verb: string): NodeDocument {
    const { uuid, provision_state: state } = node;
    const targets = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
    const next = targets !== undefined && Object.hasOwn(targets, state) ? targets[state] : undefined;
    if (next === undefined) {
      if (state === 'verifying') throw nodeLocked(uuid, this.#context.host);
      throw invalidStateRequested(verb, uuid, state);
    }
    if (node.target_power_state !== null) throw nodeLocked(uuid, this.#context.host);
    if (verb === 'provide' && node.maintenance) throw nodeInMaintenance('providing', uuid);
    if (verb === 'inspect') this.#power.driverOf(node).validate(node);
    const begun = {
      ...this.#at(node, next),
      last_error: verb === 'abort' ? 'Inspection was aborted by request.' : null,
    };
    return verb === 'inspect'
      ? { ...begun, inspection_started_at: this.#context.now(), inspection_finished_at: null }
      : begun;
  }

  #workAfter(verb: string, node: NodeDocument, hooks: IntrospectionHooks): (() => Promise<void>) | undefined {
    if (node.provision_state === 'verifying') return () => this.#verify(node);
    if (verb === 'inspect') return () => this.#inspect(node.uuid, hooks);
    return verb === 'abort' ? () => this.#abort(node.uuid, hooks) : undefined;
  }

  async #verify(node: NodeDocument): Promise<void> {
    const outcome = await this.#readPower(node);
    await this.#move(node.uuid, ['verifying'], (current) =>
      'power' in outcome
        ? { ...this.#at(current, 'manageable'), power_state: outcome.power ?? current.power_state }
        : { ...this.#at(current, 'enroll'), last_error: outcome.failure },
    );
  }

  async #readPower(node: NodeDocument) {
    try {
      return { power: await this.#power.read(node) };
    } catch (error) {
      return { failure: `Failed to get power state for node ${node.uuid}. Error: ${messageOf(error)}` };
    }
  }

  async #inspect(uuid: string, { startIntrospection }: IntrospectionHooks): Promise<void> {
    try {
      await startIntrospection(uuid);
    } catch (error) {
      await this.introspectionEnded(uuid, messageOf(error));
      return;
    }
    // It may have ended by now.
    await this.#move(uuid, ['inspecting'], (node) => this.#at(node, 'inspect wait'));
  }

  async #abort(uuid: string, { abortIntrospection }: IntrospectionHooks): Promise<void> {
    try {
      await abortIntrospection(uuid);
    } catch (error) {
      this.#context.log.warning(`Failed to abort the introspection of node ${uuid}: ${messageOf(error)}`);
    }
  }

  /**
   * Changes a node that is still in one of the states; others, and a node that is gone, are left alone, and
   * nothing is written for them.
   *
   * @returns Whether the node was changed.
   */
  async #move(
    uuid: string,
    from: readonly string[],
    change: (node: NodeDocument) => NodeDocument,
  ): Promise<boolean> {
    const state = await this.#nodes.stateOf(uuid);
    if (state === undefined || !from.includes(state)) return false;
    return this.#nodes.changeIfThere(uuid, (node) =>
      from.includes(node.provision_state) ? change(node) : node,
    );
  }

  #at(node: NodeDocument, state: string): NodeDocument {
    return atState(node, state, this.#context.now());
  }
}

function keyOf(uuid: string): string {
  return `provision ${uuid}`;
}
