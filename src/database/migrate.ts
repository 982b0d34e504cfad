import { type Kysely, sql } from 'kysely';
import { InspectorError } from '../errors/inspector-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { Database } from './database.ts';
import { ownMigrations } from './migrations/own-schema.ts';
import { createReferenceSchema, referenceRevision } from './migrations/reference-schema.ts';

/**
 * Brings the database to the newest schema: the original's tables with its `alembic_version` row, then
 * our own steps, recorded in `inspector_schema_history`. Each step is one transaction; at the newest
 * schema nothing is done.
 *
 * @throws InspectorError `invalid` for a database that is not at the original's newest revision.
 */
export async function migrate(database: Database, log: Logger): Promise<void> {
  const db = database.query as unknown as Kysely<never>;
  await db.transaction().execute(async (transaction) => {
    if (await hasTable(transaction, 'alembic_version')) await requireReferenceRevision(transaction);
    else if (await hasTable(transaction, 'nodes')) throw unversioned();
    else await createReferenceSchema(transaction);
  });
  await sql`CREATE TABLE IF NOT EXISTS inspector_schema_history (revision VARCHAR(32) NOT NULL PRIMARY KEY)`.execute(
    db,
  );
  for (const step of ownMigrations) {
    await db.transaction().execute(async (transaction) => {
      // Looked up under the write lock: another process may be doing the same.
      if (await isApplied(transaction, step.revision)) return;
      log.info(`Running upgrade ${step.revision}, ${step.title}`);
      await step.upgrade(transaction);
      await sql`INSERT INTO inspector_schema_history (revision) VALUES (${step.revision})`.execute(
        transaction,
      );
    });
  }
}

async function isApplied(db: Kysely<never>, revision: string): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM inspector_schema_history WHERE revision = ${revision}`.execute(db);
  return rows.length > 0;
}

async function hasTable(db: Kysely<never>, name: string): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ${name}`.execute(db);
  return rows.length > 0;
}

async function requireReferenceRevision(db: Kysely<never>): Promise<void> {
  const { rows } = await sql<{ version_num: string }>`SELECT version_num FROM alembic_version`.execute(db);
  const found = rows[0]?.version_num ?? 'none';
  if (found === referenceRevision) return;
  throw new InspectorError(
    'invalid',
    `The database is at revision ${found}, expected ${referenceRevision}: upgrade it with the ironic-inspector-dbsync that made it`,
  );
}

function unversioned(): InspectorError {
  return new InspectorError(
    'invalid',
    'The database has inspector tables but no alembic_version: stamp it with the ironic-inspector-dbsync that made it',
  );
}
