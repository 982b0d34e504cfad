import { defaultsOf, type OptionsOf } from '../src/config/option.ts';
import type { Database } from '../src/database/database.ts';
import { databaseOptions } from '../src/database/database-options.ts';
import { upgrade } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { silentLogger } from '../src/logging/logger.ts';

/** An empty database with all tables, in memory unless a connection is given. One in memory need not be closed. */
export async function testDatabase(connection = 'sqlite://'): Promise<Database> {
  const database = await openTestDatabase(connection);
  try {
    await upgrade(database, silentLogger());
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

/** Those on servers, which would keep the process alive. */
const opened = new Set<Database>();

/** Closes what tests have left open on servers, because they failed. */
export async function closeTestDatabases(): Promise<void> {
  for (const database of opened) await database.close();
  opened.clear();
}

/** A database as it is found, without anything done to it. */
export async function openTestDatabase(
  connection: string,
  changes: Partial<OptionsOf<typeof databaseOptions.options>> = {},
): Promise<Database> {
  const options = { ...defaultsOf(databaseOptions), sqlite_synchronous: false, connection, ...changes };
  const database = await openDatabase(options, silentLogger());
  if (database.dialect.name !== 'sqlite') opened.add(database);
  return database;
}
