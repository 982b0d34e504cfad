import { type RawBuilder, sql } from 'kysely';
import type { DatabaseDialect } from '../database/dialect.ts';
import type { Listed } from './node-document.ts';
import { type NodeFilter, nodeSortKeys } from './page-request.ts';
import type { PageSource, Row } from './page-store.ts';
import { nodeNotFound } from './registry-errors.ts';

/** Fields that a list can show without reading documents. */
const columns = [
  'uuid',
  'name',
  'driver',
  'provision_state',
  'power_state',
  'target_power_state',
  'instance_uuid',
  'maintenance',
  'resource_class',
] as const;

/** What a page is read from. Documents are read only where `fields` has more than the table's own columns. */
export function nodeSource(
  conditions: RawBuilder<unknown>[],
  fields: readonly string[] | undefined,
): PageSource {
  const inColumns = fields?.every((name) => columns.some((column) => column === name)) ?? false;
  const read = inColumns ? [...new Set(['uuid', ...(fields ?? [])])] : ['document'];
  return {
    table: 'baremetal_nodes',
    columns: read,
    conditions,
    sortKeys: nodeSortKeys,
    notFound: nodeNotFound,
  };
}

/** Rows of such a source as the nodes that they are of. */
export function listedNodes(rows: readonly Row[], dialect: DatabaseDialect): Listed[] {
  return rows.map((row) => {
    if (typeof row.document === 'string') return JSON.parse(row.document) as Listed;
    if (!('maintenance' in row)) return row as unknown as Listed;
    const maintenance = dialect.decodeBoolean(row.maintenance);
    return { ...row, maintenance } as unknown as Listed;
  });
}

/** The conditions of a filter, all of which a node has to meet. */
export function nodeConditions(filter: NodeFilter, dialect: DatabaseDialect): RawBuilder<unknown>[] {
  const { provisionState, driver, maintenance, associated, resourceClass, instanceUuid } = filter;
  const conditions: RawBuilder<unknown>[] = [];
  if (provisionState !== undefined) conditions.push(sql`provision_state = ${provisionState}`);
  if (driver !== undefined) conditions.push(sql`driver = ${driver}`);
  if (maintenance !== undefined) {
    conditions.push(sql`maintenance = ${dialect.encodeBoolean(maintenance)}`);
  }
  if (associated !== undefined)
    conditions.push(sql`instance_uuid IS ${associated ? sql`NOT NULL` : sql`NULL`}`);
  if (resourceClass !== undefined) conditions.push(sql`resource_class = ${resourceClass}`);
  if (instanceUuid !== undefined) conditions.push(sql`instance_uuid = ${instanceUuid}`);
  return conditions;
}
