import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Operation } from '../src/database/autogenerate/operation.ts';
import { renderMigration } from '../src/database/autogenerate/render-migration.ts';
import type { Database } from '../src/database/database.ts';
import type { Migration, MigrationQueries } from '../src/database/migrations/migration.ts';
import { schemaChanger } from '../src/database/schema/schema-changer.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Writes a migration of these operations to a file, loads it and does it to a database, as dbsync does. */
export async function runRendered(database: Database, operations: readonly Operation[]): Promise<void> {
  const text = renderMigration({
    revision: 'f00d',
    revises: null,
    title: 'Step',
    created: '2026-01-01',
    operations,
  });
  const { step } = await loadMigration<{ step: Migration }>(text);
  const { dialect } = database;
  const work = (query: MigrationQueries) =>
    step.upgrade({ schema: schemaChanger(query, dialect), query, dialect, progress: () => {} });
  const query = database.query as unknown as MigrationQueries;
  if (dialect.name === 'mysql') await work(query);
  else await query.transaction().execute(work);
}

/** Loads the text of a migration as the module that it is. */
export async function loadMigration<Module>(text: string): Promise<Module> {
  const folder = join(temporaryFolder().path, 'own');
  mkdirSync(folder);
  writeFileSync(join(folder, 'migration.ts'), text);
  return (await import(pathToFileURL(join(folder, 'migration.ts')).href)) as Module;
}
