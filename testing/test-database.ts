import { migrate } from '../src/database/migrate.ts';
import { type Database, openDatabase } from '../src/database/open-database.ts';
import { silentLogger } from '../src/logging/logger.ts';

/**
 * An empty database with all tables, in memory unless a connection is given. Whoever opens it closes it:
 * `await using database = await testDatabase()`, or `close()`.
 */
export async function testDatabase(connection = 'sqlite://'): Promise<Database & AsyncDisposable> {
  const database = openDatabase({ connection, sqlite_synchronous: false });
  await migrate(database, silentLogger());
  return { ...database, [Symbol.asyncDispose]: () => database.close() };
}
