import type { DatabaseDialect } from '../dialect.ts';
import type { MigrationQueries, SchemaChanger } from '../migrations/migration.ts';
import { mysqlSchema } from './mysql-schema.ts';
import { postgresqlSchema } from './postgresql-schema.ts';
import { sqliteSchema } from './sqlite-schema.ts';

const changers: Readonly<Record<DatabaseDialect['name'], (query: MigrationQueries) => SchemaChanger>> = {
  sqlite: sqliteSchema,
  postgresql: postgresqlSchema,
  mysql: mysqlSchema,
};

/** Changes of tables over one connection or transaction. */
export function schemaChanger(
  query: MigrationQueries,
  { name }: Pick<DatabaseDialect, 'name'>,
): SchemaChanger {
  return changers[name](query);
}
