import { type RawBuilder, sql } from 'kysely';
import type { MigrationQueries } from '../migration.ts';

/** Nodes in one statement of a migration that changes every row: a second's work at most. */
const chunkSize = 5000;

/** Which rows a statement is for, given the column that holds the UUID of a node. */
export type InChunk = (column: string) => RawBuilder<boolean>;

/** Calls `work` for one part after another; together they are all UUIDs, also those of nodes that are not there. */
export async function inNodeChunks(
  query: MigrationQueries,
  work: (inChunk: InChunk) => Promise<void>,
  size = chunkSize,
): Promise<void> {
  for (let last = ''; ; ) {
    const start = last;
    const { rows } = await sql<{ uuid: string }>`
      SELECT uuid FROM nodes WHERE uuid > ${start} ORDER BY uuid LIMIT 1 OFFSET ${sql.lit(size - 1)}`.execute(
      query,
    );
    const end = rows[0]?.uuid;
    await work((column) =>
      end === undefined
        ? sql`${sql.ref(column)} > ${start}`
        : sql`${sql.ref(column)} > ${start} AND ${sql.ref(column)} <= ${end}`,
    );
    if (end === undefined) return;
    last = end;
  }
}

/** The number of rows of a table. */
export async function countRows(query: MigrationQueries, table: string): Promise<number> {
  const { rows } = await sql<{ total: unknown }>`SELECT count(*) AS total FROM ${sql.table(table)}`.execute(
    query,
  );
  return Number(rows[0]?.total);
}
