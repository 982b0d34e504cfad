import { randomUUID } from 'node:crypto';
import type { BareMetalNode, BareMetalPort, Patch } from '../../src/bare-metal/bare-metal-service.ts';
import { patched } from '../../src/json/json-patch.ts';
import type { JsonObject } from '../../src/json/json-value.ts';
import { bareMetalNode, bareMetalPort } from '../bare-metal-builder.ts';
import { StandInRefusal } from './stand-in-answer.ts';

/** The nodes and ports of a stand-in, with what finds them quickly. Tests may read and change the documents. */
export class StandInState {
  /** By UUID, in order of creation. */
  readonly nodes = new Map<string, BareMetalNode>();
  /** By UUID, in order of creation. */
  readonly ports = new Map<string, BareMetalPort>();
  /** By node UUID. */
  readonly traits = new Map<string, Set<string>>();
  /** By node UUID. */
  readonly bootDevices = new Map<string, { readonly boot_device: string; readonly persistent: boolean }>();
  /** By node UUID: why its power cannot be managed. */
  readonly invalidPower = new Map<string, string>();
  /** UUIDs of nodes that somebody holds. */
  readonly locked = new Set<string>();
  readonly #byName = new Map<string, string>();
  readonly #byAddress = new Map<string, string>();
  readonly #portsOf = new Map<string, Set<string>>();

  addNode(fields: JsonObject): BareMetalNode {
    const node = bareMetalNode({ uuid: randomUUID(), name: null, ...fields });
    if (this.nodes.has(node.uuid))
      throw new StandInRefusal(409, `A node with UUID ${node.uuid} already exists.`);
    if (node.name !== null && this.#byName.has(node.name)) {
      throw new StandInRefusal(409, `A node with name ${node.name} already exists.`);
    }
    this.nodes.set(node.uuid, node);
    if (node.name !== null) this.#byName.set(node.name, node.uuid);
    return node;
  }

  removeNode(uuid: string): void {
    const node = this.node(uuid);
    for (const port of this.portsOf(uuid)) this.removePort(port.uuid);
    this.nodes.delete(node.uuid);
    if (node.name !== null) this.#byName.delete(node.name);
  }

  /** @throws StandInRefusal 404 */
  node(ident: string): BareMetalNode {
    const node = this.nodes.get(ident) ?? this.nodes.get(this.#byName.get(ident) ?? '');
    if (node === undefined) throw new StandInRefusal(404, `Node ${ident} could not be found.`);
    return node;
  }

  /** A node that is about to be changed. @throws StandInRefusal 404, 409 while somebody holds it */
  nodeToChange(ident: string): BareMetalNode {
    const node = this.node(ident);
    if (!this.locked.has(node.uuid)) return node;
    throw new StandInRefusal(
      409,
      `Node ${node.uuid} is locked by host labhost, please retry after the current operation is completed.`,
    );
  }

  patchNode(ident: string, patch: Patch): BareMetalNode {
    const node = patchedOrRefused(this.nodeToChange(ident), patch);
    this.nodes.set(node.uuid, node);
    return node;
  }

  addPort(fields: JsonObject & { address: string; node_uuid: string }): BareMetalPort {
    this.nodeToChange(fields.node_uuid);
    const address = fields.address.toLowerCase();
    if (this.#byAddress.has(address)) {
      throw new StandInRefusal(409, `A port with MAC address ${address} already exists.`);
    }
    const port = bareMetalPort({ uuid: randomUUID(), ...fields, address });
    this.ports.set(port.uuid, port);
    this.#byAddress.set(address, port.uuid);
    const ofNode = this.#portsOf.get(port.node_uuid) ?? new Set();
    this.#portsOf.set(port.node_uuid, ofNode.add(port.uuid));
    return port;
  }

  patchPort(uuid: string, patch: Patch): BareMetalPort {
    const before = this.port(uuid);
    this.nodeToChange(before.node_uuid);
    const port = patchedOrRefused(before, patch);
    this.ports.set(uuid, port);
    return port;
  }

  removePort(uuid: string): void {
    const port = this.port(uuid);
    this.nodeToChange(port.node_uuid);
    this.ports.delete(uuid);
    this.#byAddress.delete(port.address);
    this.#portsOf.get(port.node_uuid)?.delete(uuid);
  }

  /** @throws StandInRefusal 404 */
  port(uuid: string): BareMetalPort {
    const port = this.ports.get(uuid);
    if (port === undefined) throw new StandInRefusal(404, `Port ${uuid} could not be found.`);
    return port;
  }

  portAt(address: string): BareMetalPort | undefined {
    return this.ports.get(this.#byAddress.get(address.toLowerCase()) ?? '');
  }

  portsOf(nodeUuid: string): BareMetalPort[] {
    return [...(this.#portsOf.get(nodeUuid) ?? [])].map((uuid) => this.port(uuid));
  }
}

function patchedOrRefused<T extends BareMetalNode | BareMetalPort>(document: T, patch: Patch): T {
  try {
    return patched(document, patch);
  } catch (error) {
    throw new StandInRefusal(
      400,
      `Couldn't apply patch '${JSON.stringify(patch)}'. Reason: ${String(error)}`,
    );
  }
}
