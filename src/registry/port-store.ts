import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { Listed, NodeDocument, PortDocument } from './node-document.ts';
import { isSame, lockNode } from './node-store.ts';
import { type PageRequest, type PortFilter, portSortKeys } from './page-request.ts';
import { type PageSource, type Row, readAll, readPage } from './page-store.ts';
import { portNotFound } from './registry-errors.ts';

/** Fields that a list can show without reading documents. */
const columns = ['uuid', 'address', 'node_uuid'] as const;

/** The table `baremetal_ports`. A port is written while its node is locked, so it never outlives it. */
export class RegisteredPortStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws InspectorError `invalid` when the node is not there, `conflict` when the address or UUID is taken. */
  async insert(port: PortDocument): Promise<void> {
    const insertion = this.#database.transaction(async (inside) => {
      await lockGivenNode(inside, port.node_uuid);
      const stored = inside.selectFrom('baremetal_ports').select('document').where('uuid', '=', port.uuid);
      // This runs again, and the run before it was stored after all.
      if ((await stored.executeTakeFirst())?.document === JSON.stringify(port)) return;
      await inside.insertInto('baremetal_ports').values(rowOf(port)).execute();
    });
    await this.#naming(insertion, () => port);
  }

  async find(by: 'uuid' | 'address', ident: string): Promise<PortDocument | undefined> {
    const query = this.#database.query.selectFrom('baremetal_ports').select('document').where(by, '=', ident);
    const row = await query.executeTakeFirst();
    return row === undefined ? undefined : (JSON.parse(row.document) as PortDocument);
  }

  /**
   * Changes a port while its node is locked; `change` may run several times.
   *
   * @throws InspectorError `not-found` for the port, `invalid` for a node that it cannot move to, `conflict`
   *   when the new address is taken.
   */
  async change(
    uuid: string,
    change: (port: PortDocument, node: NodeDocument) => PortDocument,
  ): Promise<PortDocument> {
    let next: PortDocument | undefined;
    let target: string | undefined;
    const update = () =>
      this.#database.transaction(async (inside) => {
        const { node_uuid: owner } = await readPort(inside, uuid);
        const node = await lockNodes(inside, owner, target);
        const port = await readPort(inside, uuid);
        if (isSame(port, next)) return port;
        if (port.node_uuid !== owner) return undefined;
        next = change(port, node);
        const isLocked = next.node_uuid === owner || next.node_uuid === target;
        target = next.node_uuid;
        if (!isLocked) return undefined;
        await inside.updateTable('baremetal_ports').set(rowOf(next)).where('uuid', '=', uuid).execute();
        return next;
      });
    for (;;) {
      const changed = await this.#naming(update(), () => next);
      if (changed !== undefined) return changed;
    }
  }

  /** @throws InspectorError `not-found`. */
  async delete(uuid: string): Promise<void> {
    let deleted = false;
    await this.#database.transaction(async (inside) => {
      const deletion = inside.deleteFrom('baremetal_ports').where('uuid', '=', uuid);
      // This runs again, and the run before it may have been stored after all.
      const { numDeletedRows } = await deletion.executeTakeFirstOrThrow();
      if (numDeletedRows === 0n && !deleted) throw portNotFound(uuid);
      deleted = true;
    });
  }

  /**
   * A page of ports. Documents are read only where `fields` has more than the table's own columns; an item
   * may have more members than were asked for.
   *
   * @throws InspectorError `not-found` for a marker that is no port, `invalid` for a sort key that is no column.
   */
  async page({ address, nodeUuid }: PortFilter, request: PageRequest): Promise<Listed[]> {
    const conditions: RawBuilder<unknown>[] = [];
    if (address !== undefined) conditions.push(sql`address = ${address}`);
    if (nodeUuid !== undefined) conditions.push(sql`node_uuid = ${nodeUuid}`);
    return itemsOf(await readPage(this.#database.query, sourceOf(conditions, request.fields), request));
  }

  /** The ports of all nodes. Documents are read only where `fields` has more than the table's own columns. */
  async all(fields: readonly string[]): Promise<Listed[]> {
    return readAll(this.#database.query, sourceOf([], fields), itemsOf);
  }

  /** All ports of a node. */
  async allOf(nodeUuid: string): Promise<Listed[]> {
    const source = sourceOf([sql`node_uuid = ${nodeUuid}`], undefined);
    return readAll(this.#database.query, source, itemsOf);
  }

  /** Says which of the unique columns a failed write has violated, once its transaction has ended. */
  async #naming<T>(write: Promise<T>, written: () => PortDocument | undefined): Promise<T> {
    try {
      return await write;
    } catch (error) {
      const port = written();
      if (port === undefined || !this.#database.dialect.isUniqueViolation(error)) throw error;
      const other = await this.find('address', port.address);
      const message =
        other !== undefined && other.uuid !== port.uuid
          ? `A port with MAC address ${port.address} already exists.`
          : `A port with UUID ${port.uuid} already exists.`;
      throw new InspectorError('conflict', message, { cause: error });
    }
  }
}

function sourceOf(conditions: RawBuilder<unknown>[], fields: readonly string[] | undefined): PageSource {
  const inColumns = fields?.every((name) => columns.some((column) => column === name)) ?? false;
  const read = inColumns ? columns : ['document'];
  return {
    table: 'baremetal_ports',
    columns: read,
    conditions,
    sortKeys: portSortKeys,
    notFound: portNotFound,
  };
}

function itemsOf(rows: readonly Row[]): Listed[] {
  return rows.map((row) =>
    typeof row.document === 'string'
      ? (JSON.parse(row.document) as Listed)
      : ({ ...row } as unknown as Listed),
  );
}

function rowOf(port: PortDocument) {
  return {
    uuid: port.uuid,
    address: port.address,
    node_uuid: port.node_uuid,
    document: JSON.stringify(port),
  };
}

/** Locks both nodes of a move, in the order that every move takes: two that cross would wait for each other. */
async function lockNodes(
  inside: Transaction<Tables>,
  owner: string,
  target: string | undefined,
): Promise<NodeDocument> {
  if (target !== undefined && target < owner) await lockGivenNode(inside, target);
  const node = await lockNode(inside, owner);
  if (target !== undefined && target > owner) await lockGivenNode(inside, target);
  return node;
}

/** A node that is missing is a wrong field of the port, and not a wrong address of the request. */
async function lockGivenNode(inside: Transaction<Tables>, uuid: string): Promise<void> {
  try {
    await lockNode(inside, uuid);
  } catch (error) {
    if (!(error instanceof InspectorError) || error.kind !== 'not-found') throw error;
    throw new InspectorError('invalid', error.message, { cause: error });
  }
}

/** @throws InspectorError `not-found`. */
async function readPort(inside: Transaction<Tables>, uuid: string): Promise<PortDocument> {
  const query = inside.selectFrom('baremetal_ports').select('document').where('uuid', '=', uuid);
  const row = await query.executeTakeFirst();
  if (row === undefined) throw portNotFound(uuid);
  return JSON.parse(row.document) as PortDocument;
}
