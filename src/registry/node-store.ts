import type { Transaction } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';
import type { Listed, NodeDocument } from './node-document.ts';
import { listedNodes, nodeConditions, nodeSource } from './node-page-store.ts';
import type { NodeFilter, PageRequest } from './page-request.ts';
import { type Row, readAll, readPage } from './page-store.ts';
import { nodeNotFound, WrongState } from './registry-errors.ts';

/** A node on its way from one state to another. */
export interface BusyNode {
  readonly uuid: string;
  /** Another one after each change, and after each sign of life of who works on it. */
  readonly version: number;
}

/** The table `baremetal_nodes`. */
export class RegisteredNodeStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws InspectorError `conflict` when the UUID, name or instance belongs to another node. */
  async insert(node: NodeDocument): Promise<void> {
    const row = { ...this.#rowOf(node), version: 1 };
    const insertion = this.#database.transaction(async (inside) => {
      const stored = inside.selectFrom('baremetal_nodes').select('document').where('uuid', '=', node.uuid);
      // This runs again, and the run before it was stored after all.
      if ((await stored.executeTakeFirst())?.document === row.document) return;
      await inside.insertInto('baremetal_nodes').values(row).execute();
    });
    await this.#naming(insertion, () => node);
  }

  async find(by: 'uuid' | 'name', ident: string): Promise<NodeDocument | undefined> {
    const query = this.#database.query.selectFrom('baremetal_nodes').select('document').where(by, '=', ident);
    const row = await query.executeTakeFirst();
    return row === undefined ? undefined : (JSON.parse(row.document) as NodeDocument);
  }

  /** What the table's own columns say of a node, without its document. */
  async findRow(
    by: 'uuid' | 'name',
    ident: string,
  ): Promise<{ uuid: string; provision_state: string } | undefined> {
    const query = this.#database.query.selectFrom('baremetal_nodes').select(['uuid', 'provision_state']);
    return query.where(by, '=', ident).executeTakeFirst();
  }

  /** The nodes in one of these provision states, of which there should be few. */
  async inStates(states: readonly string[]): Promise<NodeDocument[]> {
    const query = this.#database.query.selectFrom('baremetal_nodes').select('document');
    const rows = await query.where('provision_state', 'in', states).execute();
    return rows.map(({ document }) => JSON.parse(document) as NodeDocument);
  }

  /**
   * Changes a node, alone: who comes meanwhile waits and then sees the change. What `change` throws leaves
   * the node as it is.
   *
   * @throws InspectorError `not-found`, or `conflict` when the new name or instance belongs to another node.
   */
  async change(uuid: string, change: (node: NodeDocument) => NodeDocument): Promise<NodeDocument> {
    let next: NodeDocument | undefined;
    const update = this.#database.transaction(async (inside) => {
      const node = await lockNode(inside, uuid);
      // This runs again, and the run before it was stored after all.
      if (isSame(node, next)) return node;
      next = change(node);
      const write = inside.updateTable('baremetal_nodes').set(this.#rowOf(next)).where('uuid', '=', uuid);
      if (next !== node) await write.execute();
      return next;
    });
    return this.#naming(update, () => next);
  }

  /**
   * Deletes a node with its ports.
   *
   * @throws InspectorError `not-found`, and what `check` throws.
   */
  async delete(uuid: string, check: (node: NodeDocument) => void): Promise<void> {
    let deleted = false;
    await this.#database.transaction(async (inside) => {
      // This runs again, and the run before it may have been stored after all.
      const rows = inside.selectFrom('baremetal_nodes').select('uuid').where('uuid', '=', uuid);
      if (deleted && (await rows.executeTakeFirst()) === undefined) return;
      check(await lockNode(inside, uuid));
      deleted = true;
      await inside.deleteFrom('baremetal_ports').where('node_uuid', '=', uuid).execute();
      await inside.deleteFrom('baremetal_nodes').where('uuid', '=', uuid).execute();
    });
  }

  /**
   * A page of nodes. Documents are read only where `fields` has more than the table's own columns; an item
   * may have more members than were asked for.
   *
   * @throws InspectorError `not-found` for a marker that is no node, `invalid` for a sort key that is no column.
   */
  async page(filter: NodeFilter, request: PageRequest): Promise<Listed[]> {
    const { query, dialect } = this.#database;
    const source = nodeSource(nodeConditions(filter, dialect), request.fields);
    return listedNodes(await readPage(query, source, request), dialect);
  }

  /** These fields of all nodes, and the UUID. */
  async all(fields: readonly string[]): Promise<Listed[]> {
    const names = new Set(['uuid', ...fields]);
    const pick = (node: Listed) =>
      Object.fromEntries(Object.entries(node).filter(([name]) => names.has(name))) as Listed;
    const { query, dialect } = this.#database;
    return readAll(query, nodeSource([], fields), (rows: Row[]) => listedNodes(rows, dialect).map(pick));
  }

  /** The nodes that are on their way from one state to another, which after a start is what a crash has left. */
  async busy(): Promise<BusyNode[]> {
    return this.#database.query
      .selectFrom('baremetal_nodes')
      .select(['uuid', 'version'])
      .where((where) =>
        where.or([
          where('target_power_state', 'is not', null),
          where('provision_state', 'in', ['verifying', 'inspecting']),
        ]),
      )
      .execute();
  }

  /** Gives a node another version, and changes nothing else: so others see that it is being worked on. */
  async touch(uuid: string): Promise<void> {
    const next = this.#database.query
      .updateTable('baremetal_nodes')
      .set((row) => ({ version: row('version', '+', 1) }))
      .where('uuid', '=', uuid);
    await next.execute();
  }

  #rowOf(node: NodeDocument) {
    return {
      uuid: node.uuid,
      name: node.name,
      driver: node.driver,
      provision_state: node.provision_state,
      power_state: node.power_state,
      target_power_state: node.target_power_state,
      instance_uuid: node.instance_uuid,
      maintenance: this.#database.dialect.encodeBoolean(node.maintenance),
      resource_class: node.resource_class,
      document: JSON.stringify(node),
    };
  }

  /** Says which of the unique columns a failed write has violated, once its transaction has ended. */
  async #naming<T>(write: Promise<T>, written: () => NodeDocument | undefined): Promise<T> {
    try {
      return await write;
    } catch (error) {
      const node = written();
      if (node === undefined || !this.#database.dialect.isUniqueViolation(error)) throw error;
      throw new WrongState(await this.#duplicate(node), { cause: error });
    }
  }

  async #duplicate({ uuid, name, instance_uuid: instance }: NodeDocument): Promise<string> {
    const taken = async (column: 'name' | 'instance_uuid', value: string | null) => {
      const query = this.#database.query
        .selectFrom('baremetal_nodes')
        .select('uuid')
        .where(column, '=', value);
      const row = await query.executeTakeFirst();
      return value !== null && row !== undefined && row.uuid !== uuid;
    };
    if (await taken('name', name)) return `A node with name ${name} already exists.`;
    if (await taken('instance_uuid', instance)) {
      return `Instance ${instance} is already associated with a node, it cannot be associated with this other node ${uuid}`;
    }
    return `A node with UUID ${uuid} already exists.`;
  }
}

/** Every document has the time of its last change in it, to the microsecond. */
export function isSame(stored: object, written: object | undefined): boolean {
  return written !== undefined && JSON.stringify(stored) === JSON.stringify(written);
}

/**
 * The node, to be changed by this transaction alone: every engine makes others wait who write the same row.
 *
 * @throws InspectorError `not-found`.
 */
export async function lockNode(inside: Transaction<Tables>, uuid: string): Promise<NodeDocument> {
  const lock = inside
    .updateTable('baremetal_nodes')
    .set((row) => ({ version: row('version', '+', 1) }))
    .where('uuid', '=', uuid);
  const { numUpdatedRows } = await lock.executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw nodeNotFound(uuid);
  const query = inside.selectFrom('baremetal_nodes').select('document').where('uuid', '=', uuid);
  return JSON.parse((await query.executeTakeFirstOrThrow()).document) as NodeDocument;
}
