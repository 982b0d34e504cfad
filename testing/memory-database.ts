import { migrate } from '../src/database/migrate.ts';
import { type Database, openDatabase } from '../src/database/open-database.ts';
import { silentLogger } from '../src/logging/logger.ts';

/** A database of its own for each test, at the newest schema, in memory. */
export async function memoryDatabase(): Promise<Database> {
  const database = openDatabase({ connection: 'sqlite://', sqlite_synchronous: false });
  await migrate(database, silentLogger());
  return database;
}
