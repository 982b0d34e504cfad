import { upgrade } from '../src/database/migrate.ts';
import { silentLogger } from '../src/logging/logger.ts';
import { openTestDatabase } from './test-database.ts';

/** Brings the database of this connection to the newest schema, as `ironic-inspector-dbsync upgrade` does. */
export async function upgradedDatabase(connection: string): Promise<void> {
  const database = await openTestDatabase(connection);
  try {
    await upgrade(database, silentLogger());
  } finally {
    await database.close();
  }
}
