import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '../../database/database.ts';
import { stamp } from '../../database/migrate.ts';
import { alone } from '../../database/migrations/alone.ts';
import type { MigrationQueries } from '../../database/migrations/migration.ts';
import { liveColumns } from '../../database/schema/live-columns.ts';
import { declaredTables } from '../../database/schema/own-tables.ts';
import { schemaChanger } from '../../database/schema/schema-changer.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import type { Logger } from '../../logging/logger.ts';

/**
 * Makes the declared tables in an empty database at once, in place of a walk through both histories, and
 * records the newest revision of each.
 *
 * @throws InspectorError `conflict` when there are tables already.
 */
export async function createSchema(database: Database, log: Logger): Promise<void> {
  const { dialect } = database;
  const work = async (query: MigrationQueries) => {
    requireEmpty([...(await liveColumns(query, dialect)).keys()]);
    const schema = schemaChanger(query, dialect);
    for (const table of declaredTables(dialect.name)) {
      log.info(`Creating table ${table.name}`);
      await schema.createTable(table);
    }
  };
  await alone(
    database,
    log,
    () => wait(1000),
    // MySQL has no transaction around its DDL.
    (connection) => (dialect.name === 'mysql' ? work(connection) : connection.transaction().execute(work)),
  );
  await stamp(database, log, 'head');
}

function requireEmpty(tables: readonly string[]): void {
  if (tables.length === 0) return;
  const some = tables.toSorted().slice(0, 5).join(', ');
  throw new InspectorError(
    'conflict',
    `The database is not empty, it has ${tables.length} table${tables.length === 1 ? '' : 's'}: ${some}` +
      `${tables.length > 5 ? ', ...' : ''}. create_schema is for empty databases; use upgrade for this one`,
  );
}
