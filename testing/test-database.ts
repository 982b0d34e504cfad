import { migrate } from '../src/database/migrate.ts';
import { type Database, openDatabase } from '../src/database/open-database.ts';
import { silentLogger } from '../src/logging/logger.ts';

/** An empty database with all tables, in memory unless a connection is given. One in memory need not be closed. */
export async function testDatabase(connection = 'sqlite://'): Promise<Database> {
  const database = openDatabase({ connection, sqlite_synchronous: false });
  await migrate(database, silentLogger());
  return database;
}
