import type { Patch } from '../bare-metal/bare-metal-service.ts';
import { canonicalUuid } from '../host/canonical-uuid.ts';
import type { JsonObject } from '../json/json-value.ts';
import { normalMac } from './mac-address.ts';
import { newPort } from './new-port.ts';
import type { Listed, NodeDocument, PortDocument } from './node-document.ts';
import type { PageRequest, PortFilter } from './page-request.ts';
import type { RegisteredPortStore } from './port-store.ts';
import type { RegistryContext } from './registry-context.ts';
import { portNotFound } from './registry-errors.ts';
import { type PortUpdate, updatedPort } from './update-port.ts';

/** How a port is patched. */
export interface PortPatchOptions extends Omit<PortUpdate, 'now'> {
  /** Throws what speaks against it, while port and node are locked. */
  readonly check?: (port: PortDocument, node: NodeDocument) => void;
}

/** The ports of the registry, with Ironic's rules. */
export class RegistryPorts {
  readonly #store: RegisteredPortStore;
  readonly #context: RegistryContext;

  constructor(store: RegisteredPortStore, context: RegistryContext) {
    this.#store = store;
    this.#context = context;
  }

  /** @throws InspectorError `not-found`. */
  async get(ident: string): Promise<PortDocument> {
    const uuid = canonicalUuid(ident);
    const port = uuid === undefined ? undefined : await this.#store.find('uuid', uuid);
    if (port === undefined) throw portNotFound(ident);
    return port;
  }

  /** `undefined` also for what is no address. */
  async findByAddress(address: string): Promise<PortDocument | undefined> {
    const mac = normalMac(address);
    return mac === undefined ? undefined : this.#store.find('address', mac);
  }

  /**
   * @throws InspectorError `invalid` naming the field that is wrong, among them a node that is not there;
   *   `conflict` for an address that is taken.
   */
  async create(given: JsonObject): Promise<PortDocument> {
    const port = newPort(given, { uuid: this.#context.newUuid(), now: this.#context.now() });
    await this.#store.insert(port);
    return port;
  }

  /** @throws InspectorError as `updatedPort`; `conflict` also for an address that is taken. */
  async patch(
    uuid: string,
    patch: Patch,
    { check, ...update }: PortPatchOptions = {},
  ): Promise<PortDocument> {
    return this.#store.change(uuid, (port, node) => {
      check?.(port, node);
      return updatedPort(port, patch, node, { ...update, now: this.#context.now() });
    });
  }

  async delete(uuid: string): Promise<void> {
    await this.#store.delete(uuid);
  }

  /** The ports of all nodes. */
  async all(fields: readonly string[]): Promise<Listed[]> {
    return this.#store.all(fields);
  }

  /** All ports of a node, whole. */
  async allOf(nodeUuid: string): Promise<PortDocument[]> {
    return (await this.#store.allOf(nodeUuid)) as PortDocument[];
  }

  async page(filter: PortFilter, request: PageRequest): Promise<Listed[]> {
    return this.#store.page(filter, request);
  }
}
