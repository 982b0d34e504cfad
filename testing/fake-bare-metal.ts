import { randomUUID } from 'node:crypto';
import type {
  BareMetalNode,
  BareMetalPort,
  BareMetalService,
  NewNode,
  NewPort,
  Patch,
  PowerTarget,
} from '../src/bare-metal/bare-metal-service.ts';
import { InspectorError } from '../src/errors/inspector-error.ts';
import { patched } from '../src/json/json-patch.ts';
import { bareMetalNode, bareMetalPort } from './bare-metal-builder.ts';

type Method = keyof BareMetalService;

export interface BareMetalCall {
  readonly method: Method;
  readonly args: readonly unknown[];
}

/**
 * A bare metal service in memory. It writes down every call, answers with copies, and fails where it is
 * told to: `bareMetal.failOn('setPowerState', new InspectorError('conflict', 'locked'))`.
 */
export class FakeBareMetal implements BareMetalService {
  /** By UUID; tests may read and change them. */
  readonly nodes: Map<string, BareMetalNode>;
  readonly ports: Map<string, BareMetalPort>;
  /** By node UUID, in order of addition. */
  readonly traits = new Map<string, Set<string>>();
  readonly bootDevices = new Map<string, { device: 'pxe'; persistent: boolean }>();
  readonly calls: BareMetalCall[] = [];
  readonly #failures = new Map<Method, { error: Error; times: number }>();
  readonly #effects = new Map<Method, () => void>();

  constructor({ nodes = [], ports = [] }: { nodes?: BareMetalNode[]; ports?: BareMetalPort[] } = {}) {
    this.nodes = new Map(nodes.map((node) => [node.uuid, node]));
    this.ports = new Map(ports.map((port) => [port.uuid, port]));
  }

  /** Calls of the method throw from now on, or the next so many of them. They are written down all the same. */
  failOn(method: Method, error: Error, times = Number.POSITIVE_INFINITY): void {
    this.#failures.set(method, { error, times });
  }

  /** Something that happens at the next call of the method, before it is answered. */
  onNext(method: Method, effect: () => void): void {
    this.#effects.set(method, effect);
  }

  /** The arguments of each call of a method. */
  argsOf(method: Method): (readonly unknown[])[] {
    return this.calls.filter((call) => call.method === method).map(({ args }) => args);
  }

  /** Methods in order of their calls, without those that only read. */
  get changingCalls(): BareMetalCall[] {
    const reading: Method[] = [
      'getNode',
      'listNodes',
      'validatePower',
      'listPorts',
      'listPortsOf',
      'findPortByAddress',
    ];
    return this.calls.filter(({ method }) => !reading.includes(method));
  }

  async getNode(ident: string): Promise<BareMetalNode> {
    this.#called('getNode', ident);
    return structuredClone(this.#node(ident));
  }

  async listNodes(fields: readonly string[]): Promise<BareMetalNode[]> {
    this.#called('listNodes', fields);
    return [...this.nodes.values()].map((node) => {
      const shown = Object.entries(node).filter(([name]) => fields.includes(name));
      return structuredClone(Object.fromEntries(shown)) as BareMetalNode;
    });
  }

  async createNode(node: NewNode): Promise<BareMetalNode> {
    this.#called('createNode', node);
    const created = bareMetalNode({
      uuid: randomUUID(),
      provision_state: 'enroll',
      ...structuredClone(node),
    });
    this.nodes.set(created.uuid, created);
    return structuredClone(created);
  }

  async patchNode(
    uuid: string,
    patch: Patch,
    options?: { resetInterfaces?: boolean },
  ): Promise<BareMetalNode> {
    this.#called('patchNode', uuid, patch, ...(options === undefined ? [] : [options]));
    const node = patched(this.#node(uuid), patch);
    this.nodes.set(uuid, node);
    return structuredClone(node);
  }

  async validatePower(uuid: string): Promise<void> {
    this.#called('validatePower', uuid);
    this.#node(uuid);
  }

  async setBootDevice(uuid: string, device: 'pxe', persistent: boolean): Promise<void> {
    this.#called('setBootDevice', uuid, device, persistent);
    this.bootDevices.set(this.#node(uuid).uuid, { device, persistent });
  }

  async setPowerState(uuid: string, target: PowerTarget): Promise<void> {
    this.#called('setPowerState', uuid, target);
    this.#node(uuid).power_state = target === 'power off' ? 'power off' : 'power on';
  }

  async addTrait(uuid: string, trait: string): Promise<void> {
    this.#called('addTrait', uuid, trait);
    this.traits.set(uuid, (this.traits.get(this.#node(uuid).uuid) ?? new Set()).add(trait));
  }

  async removeTrait(uuid: string, trait: string): Promise<void> {
    this.#called('removeTrait', uuid, trait);
    this.traits.get(this.#node(uuid).uuid)?.delete(trait);
  }

  async listPorts(fields: readonly string[]): Promise<BareMetalPort[]> {
    this.#called('listPorts', fields);
    return [...this.ports.values()].map((port) => {
      const shown = Object.entries(port).filter(([name]) => fields.includes(name));
      return structuredClone(Object.fromEntries(shown)) as BareMetalPort;
    });
  }

  async listPortsOf(nodeUuid: string): Promise<BareMetalPort[]> {
    this.#called('listPortsOf', nodeUuid);
    return structuredClone([...this.ports.values()].filter((port) => port.node_uuid === nodeUuid));
  }

  async findPortByAddress(address: string): Promise<BareMetalPort | undefined> {
    this.#called('findPortByAddress', address);
    return structuredClone(this.#portAt(address));
  }

  async createPort(port: NewPort): Promise<BareMetalPort> {
    this.#called('createPort', port);
    if (this.#portAt(port.address) !== undefined) {
      throw new InspectorError('conflict', `A port with MAC address ${port.address} already exists.`);
    }
    const { address, node_uuid, extra = {}, pxe_enabled = true } = structuredClone(port);
    const created = bareMetalPort({ uuid: randomUUID(), address, node_uuid, extra, pxe_enabled });
    this.ports.set(created.uuid, created);
    return structuredClone(created);
  }

  async patchPort(uuid: string, patch: Patch): Promise<BareMetalPort> {
    this.#called('patchPort', uuid, patch);
    const port = patched(this.#port(uuid), patch);
    this.ports.set(uuid, port);
    return structuredClone(port);
  }

  async deletePort(uuid: string): Promise<void> {
    this.#called('deletePort', uuid);
    this.ports.delete(this.#port(uuid).uuid);
  }

  #called(method: Method, ...args: unknown[]): void {
    this.calls.push({ method, args: structuredClone(args) });
    const effect = this.#effects.get(method);
    this.#effects.delete(method);
    effect?.();
    const failure = this.#failures.get(method);
    if (failure === undefined || failure.times <= 0) return;
    failure.times -= 1;
    throw failure.error;
  }

  #node(ident: string): BareMetalNode {
    const node = this.nodes.get(ident) ?? [...this.nodes.values()].find(({ name }) => name === ident);
    if (node === undefined) throw new InspectorError('not-found', `Node ${ident} could not be found.`);
    return node;
  }

  #portAt(address: string): BareMetalPort | undefined {
    return [...this.ports.values()].find((port) => port.address.toLowerCase() === address.toLowerCase());
  }

  #port(uuid: string): BareMetalPort {
    const port = this.ports.get(uuid);
    if (port === undefined) throw new InspectorError('not-found', `Port ${uuid} could not be found.`);
    return port;
  }
}
