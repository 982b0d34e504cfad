import { join } from 'node:path';
import { describeOperation } from '../../database/autogenerate/describe-operation.ts';
import { differences } from '../../database/autogenerate/differences.ts';
import { migrationName } from '../../database/autogenerate/migration-name.ts';
import type { Operation } from '../../database/autogenerate/operation.ts';
import { renderMigration } from '../../database/autogenerate/render-migration.ts';
import type { Database } from '../../database/database.ts';
import { isNewestSchema } from '../../database/migrate.ts';
import { headOf } from '../../database/revisions.ts';
import { declaredTables } from '../../database/schema/own-tables.ts';
import type { TableDefinition } from '../../database/schema/table-definition.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import { timestampOf } from '../../host/clock.ts';
import type { Logger } from '../../logging/logger.ts';
import { addToBuiltIns } from './built-ins-list.ts';
import type { DbsyncConsole } from './dbsync-console.ts';
import { requireSources } from './migration-file.ts';

/** What writing a migration takes from its surroundings. */
export type WriterSurroundings = Pick<
  DbsyncConsole,
  'clock' | 'migrations' | 'newRevision' | 'readFile' | 'write' | 'writeFile'
>;

/** Longest part of a file's name that tells of the title, in characters; as in the original. */
const longestSlug = 40;

/** The title of a migration that is given none, as in the original. */
const noTitle = 'empty message';

/**
 * Writes a migration that follows our newest one, and adds it to the list of its folder. Without a message its
 * file is called after its revision alone; without operations a person writes what it does.
 *
 * @throws InspectorError `forbidden` in an installed package, `invalid` when the list cannot be understood.
 */
export function writeMigration(
  message: string | undefined,
  operations: readonly Operation[] | undefined,
  on: WriterSurroundings,
): void {
  requireSources(on.migrations);
  const folder = on.migrations.own;
  const revision = on.newRevision();
  const title = message ?? noTitle;
  const slug = slugOf(message ?? '');
  const file = `${revision}${slug === '' ? '' : `-${slug}`}.ts`;
  const list = join(folder, 'built-ins.ts');
  const constant = migrationName(title);
  const listed = addToBuiltIns(on.readFile(list).toString(), { file, constant, revision });
  const created = timestampOf(on.clock.now());
  const text = renderMigration({ revision, revises: headOf('own'), title, created, operations });
  const path = join(folder, file);
  on.writeFile(path, text);
  on.writeFile(list, listed);
  on.write(`Generating ${path} ...  done\n`);
}

/**
 * What the database lacks compared with the declared tables, told in the log.
 *
 * @throws InspectorError `conflict` when there are migrations that it has not had.
 */
export async function detectOperations(
  database: Database,
  log: Logger,
  declared: readonly TableDefinition[] = declaredTables(database.dialect.name),
): Promise<Operation[]> {
  if (!(await isNewestSchema(database))) {
    throw new InspectorError('conflict', 'Target database is not up to date.');
  }
  const found = await differences(database, declared);
  for (const line of found.flatMap(describeOperation)) log.info(line);
  if (found.length === 0) {
    log.info('The database does not differ from the declared tables: the migration is empty');
  }
  return found;
}

/** `more-room-for-names` of "More room, for names!"; ends with a whole word where it is cut. */
function slugOf(message: string): string {
  const slug = message
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .join('-');
  if (slug.length <= longestSlug) return slug;
  return slug
    .slice(0, longestSlug + 1)
    .replace(/-[^-]*$/, '')
    .slice(0, longestSlug);
}
