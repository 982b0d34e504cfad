import { sql } from 'kysely';
import { type HistoryName, histories } from '../revisions.ts';
import { liveColumns } from '../schema/live-columns.ts';
import type { MigrationContext, MigrationQueries } from './migration.ts';

/** What a database says of itself. */
export interface Versions {
  /** Whether the original's tables, or some of them, are there. */
  readonly hasNodes: boolean;
  /** The row of `alembic_version`; `null` without one. */
  readonly reference: string | null;
  /** What is in `inspector_schema_history`, in no order; what we do not know is among it. */
  readonly own: readonly string[];
  /** Whether tables without a version may be those of a first step that was interrupted, on MySQL. */
  readonly isBegun: boolean;
}

type On = Pick<MigrationContext, 'query' | 'dialect'>;

/** Reads the versions of a database; one that is empty has none. */
export async function readVersions({ query, dialect }: On): Promise<Versions> {
  const tables = await liveColumns(query, dialect);
  return {
    hasNodes: tables.has('nodes'),
    reference: tables.has('alembic_version') ? await referenceVersion(query) : null,
    own: tables.has('inspector_schema_history') ? await ownVersions(query) : [],
    isBegun: dialect.name === 'mysql' && tables.has('inspector_schema_history'),
  };
}

/** Makes the tables that versions are kept in, where they are missing. */
export async function createVersionTables({ query, dialect }: On): Promise<void> {
  await sql`CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))`.execute(
    query,
  );
  const options = dialect.name === 'mysql' ? sql` DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin` : sql``;
  await sql`CREATE TABLE IF NOT EXISTS inspector_schema_history (revision VARCHAR(32) NOT NULL PRIMARY KEY)${options}`.execute(
    query,
  );
}

/** Whether a step of ours or of the original has been done. */
export async function isApplied(
  query: MigrationQueries,
  history: HistoryName,
  revision: string,
): Promise<boolean> {
  if (history === 'own') return (await ownVersions(query)).includes(revision);
  const order = histories.reference.map((migration) => migration.revision);
  return order.indexOf(revision) <= order.indexOf((await referenceVersion(query)) ?? 'none');
}

/** Records that a step has been done. One statement: on MySQL, an interruption must not leave no version at all. */
export async function recordVersion(
  query: MigrationQueries,
  history: HistoryName,
  revision: string,
): Promise<void> {
  if (history === 'own') {
    await sql`INSERT INTO inspector_schema_history (revision) VALUES (${revision})`.execute(query);
  } else if ((await referenceVersion(query)) === null) {
    await sql`INSERT INTO alembic_version (version_num) VALUES (${revision})`.execute(query);
  } else {
    await sql`UPDATE alembic_version SET version_num = ${revision}`.execute(query);
  }
}

/** Records that no step of a history has been done. */
export async function forgetVersions(query: MigrationQueries, history: HistoryName): Promise<void> {
  await sql`DELETE FROM ${tableOf[history]}`.execute(query);
}

const tableOf = {
  reference: sql.table('alembic_version'),
  own: sql.table('inspector_schema_history'),
};

async function referenceVersion(query: MigrationQueries): Promise<string | null> {
  const versions = sql<{ version_num: string }>`SELECT version_num FROM alembic_version`;
  return (await versions.execute(query)).rows[0]?.version_num ?? null;
}

async function ownVersions(query: MigrationQueries): Promise<string[]> {
  const versions = sql<{ revision: string }>`SELECT revision FROM inspector_schema_history`;
  return (await versions.execute(query)).rows.map(({ revision }) => revision);
}
