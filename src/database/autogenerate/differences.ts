import type { Database } from '../database.ts';
import type { TableDefinition } from '../schema/table-definition.ts';
import { compareTables } from './compare-tables.ts';
import type { Operation } from './operation.ts';
import { readLiveTables } from './read-live-tables.ts';

/**
 * What a migration must do to make the tables of a database the declared ones; empty where they are. A
 * table or column under a new name is one that is gone and one that is missing.
 *
 * @throws InspectorError `invalid` where a primary key differs, which no migration of ours can change.
 */
export async function differences(
  database: Pick<Database, 'query' | 'dialect'>,
  declared: readonly TableDefinition[],
): Promise<Operation[]> {
  return compareTables(database.dialect.name, declared, await readLiveTables(database));
}
