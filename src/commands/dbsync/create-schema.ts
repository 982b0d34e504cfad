import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '../../database/database.ts';
import type { DatabaseDialect } from '../../database/dialect.ts';
import { alone } from '../../database/migrations/alone.ts';
import type { MigrationQueries } from '../../database/migrations/migration.ts';
import { writeStamp } from '../../database/migrations/stamp.ts';
import { createVersionTables, readVersions } from '../../database/migrations/versions.ts';
import { liveColumns } from '../../database/schema/live-columns.ts';
import { missingParts } from '../../database/schema/missing-parts.ts';
import { declaredTables } from '../../database/schema/own-tables.ts';
import { schemaChanger } from '../../database/schema/schema-changer.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import type { Logger } from '../../logging/logger.ts';

/**
 * Makes the declared tables in an empty database at once, in place of a walk through both histories, and
 * records the newest revision of each. All of it is done, or nothing; on MySQL, whose DDL no transaction covers, a
 * run that was interrupted is begun again and completed.
 *
 * @throws InspectorError `conflict` when there are tables already.
 */
export async function createSchema(database: Database, log: Logger): Promise<void> {
  const { dialect } = database;
  const hasTransactions = dialect.name !== 'mysql';
  const inOne = <T>(connection: MigrationQueries, work: (query: MigrationQueries) => Promise<T>) =>
    connection.transaction().execute(work);
  const make = async (query: MigrationQueries) => {
    await requireEmptyOrBegun(query, dialect);
    // First of all on MySQL, where they show that the tables are those of an interrupted run.
    await createVersionTables({ query, dialect });
    const schema = schemaChanger(query, dialect);
    for (const table of declaredTables(dialect.name)) {
      log.info(`Creating table ${table.name}`);
      await schema.createTable(table);
    }
  };
  const stamp = (query: MigrationQueries) => writeStamp({ query, dialect, log }, { kind: 'head' });
  await alone(
    database,
    log,
    () => wait(1000),
    async (connection) => {
      if (hasTransactions) {
        return inOne(connection, async (query) => {
          await make(query);
          await stamp(query);
        });
      }
      await make(connection);
      return inOne(connection, stamp);
    },
  );
}

/**
 * Tables of a run that was interrupted are the declared ones with all their columns, beside version tables that are
 * empty, and on MySQL only; those of an interrupted upgrade lack columns.
 */
async function requireEmptyOrBegun(query: MigrationQueries, dialect: DatabaseDialect): Promise<void> {
  const live = await liveColumns(query, dialect);
  const { isBegun, reference, own } = await readVersions({ query, dialect });
  const others = [...live.keys()].filter((name) => !versionTables.has(name));
  const declared = declaredTables(dialect.name).filter(({ name }) => live.has(name));
  const isOfThisRun = others.length === declared.length && missingParts(live, declared).length === 0;
  const isMarked = isBegun || (dialect.name === 'mysql' && others.length === 0);
  if (isMarked && reference === null && own.length === 0 && isOfThisRun) return;
  requireEmpty([...live.keys()]);
}

const versionTables: ReadonlySet<string> = new Set(['alembic_version', 'inspector_schema_history']);

function requireEmpty(tables: readonly string[]): void {
  if (tables.length === 0) return;
  const some = tables.toSorted().slice(0, 5).join(', ');
  throw new InspectorError(
    'conflict',
    `The database is not empty, it has ${tables.length} table${tables.length === 1 ? '' : 's'}: ${some}` +
      `${tables.length > 5 ? ', ...' : ''}. create_schema is for empty databases; use upgrade for this one`,
  );
}
