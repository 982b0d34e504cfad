import type { CompiledQuery, QueryExecutor } from 'kysely';
import type { Database } from '../src/database/database.ts';

/** A database that keeps what is sent to it. */
export interface RecordingDatabase {
  readonly database: Database;
  /** The statements since the last call, with their values. */
  taken(): CompiledQuery[];
}

/** Records the statements of a database from now on; it must be used through what this gives. */
export function recordingDatabase(database: Database): RecordingDatabase {
  const statements: CompiledQuery[] = [];
  record(database.query.getExecutor(), statements);
  return {
    database: {
      ...database,
      transaction: (work) =>
        database.transaction((transaction) => {
          record(transaction.getExecutor(), statements);
          return work(transaction);
        }),
    },
    taken: () => statements.splice(0),
  };
}

function record(executor: QueryExecutor, statements: CompiledQuery[]): void {
  const execute = executor.executeQuery.bind(executor);
  executor.executeQuery = (query) => {
    statements.push(query);
    return execute(query);
  };
}
