import { sql } from 'kysely';
import type { DatabaseDialect } from './dialect.ts';
import type { MigrationQueries } from './migrations/migration.ts';
import { inQuotes } from './schema/ddl.ts';
import { columnTypesOf } from './schema/mysql-catalogue.ts';
import { enumTypesOf, enumValues } from './schema/postgresql-enums.ts';
import { nodeStates } from './schema/reference-tables.ts';

/**
 * Adds the states that the database's enum lacks, and returns them. The original made the type of the states it
 * had at that time: one that passed revision 4 before 2018 and revision 7 after lacks `aborting`.
 */
export async function addedStates(
  query: MigrationQueries,
  { name }: Pick<DatabaseDialect, 'name'>,
): Promise<readonly string[]> {
  return adders[name](query);
}

const adders: Readonly<
  Record<DatabaseDialect['name'], (query: MigrationQueries) => Promise<readonly string[]>>
> = {
  // States are free text.
  sqlite: () => Promise.resolve([]),
  async postgresql(query) {
    const added: string[] = [];
    for (const type of await enumTypesOf(query, 'nodes')) {
      const values = await enumValues(query, type);
      for (const state of nodeStates.filter((value) => !values.includes(value))) {
        const value = `${inQuotes(type, '"')} ADD VALUE IF NOT EXISTS ${inQuotes(state, "'")}`;
        await sql.raw(`ALTER TYPE ${value}`).execute(query);
        added.push(state);
      }
    }
    return added;
  },
  async mysql(query) {
    const type = (await columnTypesOf(query, 'nodes')).get('state') ?? '';
    const values = [...type.matchAll(/'([^']*)'/g)].map(([, value = '']) => value);
    const added = nodeStates.filter((state) => !values.includes(state));
    if (!type.startsWith('enum(') || added.length === 0) return [];
    const { rows } = await sql<{ nullable: string }>`
      SELECT is_nullable AS nullable FROM information_schema.columns
      WHERE table_schema = database() AND table_name = 'nodes' AND column_name = 'state'`.execute(query);
    const rest = rows[0]?.nullable === 'NO' ? "NOT NULL DEFAULT 'finished'" : '';
    const all = [...values, ...added].map((value) => inQuotes(value, "'"));
    await sql.raw(`ALTER TABLE nodes MODIFY COLUMN state ENUM(${all.join(', ')}) ${rest}`).execute(query);
    return added;
  },
};
