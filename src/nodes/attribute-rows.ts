import { randomUUID } from 'node:crypto';
import type { Queries } from '../database/database.ts';
import { listStatement } from '../database/statement.ts';
import { statementChunks } from '../database/statement-chunks.ts';

/** Names and values by which a ramdisk's data finds its node: `mac`, `bmc_address`. */
export type LookupAttributes = Readonly<Record<string, readonly string[]>>;

/** Of the loopback interface, which every machine has. */
const nobodysMac = '00:00:00:00:00:00';

/**
 * What the column takes on every engine, and tells machines apart. An address of a NIC or a BMC does fit; other text
 * comes from a ramdisk, and nothing is found by it.
 */
function fits(value: string): boolean {
  return (
    value !== nobodysMac &&
    value.length <= 255 &&
    !value.includes('\0') &&
    !/[\u{10000}-\u{10ffff}]/u.test(value)
  );
}

/** One row for each value. A value that is there already gets one more, and counts twice in a look-up. */
export async function insertAttributes(
  query: Queries,
  nodeUuid: string,
  attributes: LookupAttributes,
): Promise<void> {
  const rows = Object.entries(attributes).flatMap(([name, values]) =>
    values.filter(fits).map((value) => ({ uuid: randomUUID(), node_uuid: nodeUuid, name, value })),
  );
  for (const chunk of statementChunks(rows)) await query.insertInto('attributes').values(chunk).execute();
}

/** Makes sure that the node has these values, once for each time given; others stay. */
export async function ensureAttributes(
  query: Queries,
  nodeUuid: string,
  attributes: LookupAttributes,
): Promise<void> {
  for (const [name, values] of Object.entries(attributes)) {
    for (const chunk of statementChunks(values.filter(fits))) {
      const same = query.deleteFrom('attributes').where('node_uuid', '=', nodeUuid).where('name', '=', name);
      await same.where('value', 'in', chunk).execute();
    }
  }
  await insertAttributes(query, nodeUuid, attributes);
}

/** True when the node can be found by anything at all. */
export async function hasAttributes(query: Queries, nodeUuid: string): Promise<boolean> {
  const rows = query.selectFrom('attributes').select('uuid').where('node_uuid', '=', nodeUuid).limit(1);
  return (await rows.executeTakeFirst()) !== undefined;
}

/** The nodes that have any of these values under this name, to the letter, one entry for each matching row. */
export async function nodesWith(query: Queries, name: string, values: readonly string[]): Promise<string[]> {
  return (await valuesOfNodes(query, name, values)).map(({ node }) => node);
}

const matching = listStatement((query, [name, ...values]: readonly string[]) =>
  query
    .selectFrom('attributes')
    .select(['node_uuid', 'value'])
    .where('name', '=', name ?? null)
    .where('value', 'in', values),
);

/** The same, with the value that each of the rows has. */
export async function valuesOfNodes(
  query: Queries,
  name: string,
  values: readonly string[],
): Promise<{ node: string; value: string }[]> {
  const found: { node: string; value: string }[] = [];
  for (const chunk of statementChunks([...new Set(values)].filter(fits))) {
    const { rows } = await matching(query, [name, ...chunk]);
    // MySQL finds values in any case of letters.
    for (const { node_uuid: node, value } of rows) {
      if (node !== null && value !== null && chunk.includes(value)) found.push({ node, value });
    }
  }
  return found;
}
