import { SqliteAdapter } from 'kysely';

/** Leaves the queue to `NodeSqliteDriver`: Kysely's own lets nobody read while somebody writes. */
export class NodeSqliteAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}
