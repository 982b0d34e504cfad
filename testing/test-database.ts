import { defaultsOf, type OptionsOf } from '../src/config/option.ts';
import type { Database } from '../src/database/database.ts';
import { databaseOptions } from '../src/database/database-options.ts';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { silentLogger } from '../src/logging/logger.ts';

/** An empty database with all tables, in memory unless a connection is given. One in memory need not be closed. */
export async function testDatabase(connection = 'sqlite://'): Promise<Database> {
  const database = await openTestDatabase(connection);
  await migrate(database, silentLogger());
  return database;
}

/** A database as it is found, without anything done to it. */
export function openTestDatabase(
  connection: string,
  changes: Partial<OptionsOf<typeof databaseOptions.options>> = {},
): Promise<Database> {
  const options = { ...defaultsOf(databaseOptions), sqlite_synchronous: false, connection, ...changes };
  return openDatabase(options, silentLogger());
}
