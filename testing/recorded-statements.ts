import {
  type CompiledQuery,
  type DatabaseConnection,
  DummyDriver,
  Kysely,
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { MigrationQueries } from '../src/database/migrations/migration.ts';

/** Rows by a word of the query that they answer, such as the catalogue's table. A query of no such word has none. */
export type Answers = Readonly<Record<string, readonly object[]>>;

const languages = {
  postgresql: {
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
  mysql: {
    createAdapter: () => new MysqlAdapter(),
    createIntrospector: (db: Kysely<unknown>) => new MysqlIntrospector(db),
    createQueryCompiler: () => new MysqlQueryCompiler(),
  },
} as const;

/** A server that is not there: it answers questions as given, and keeps the other statements, which do nothing. */
export function recordedStatements(
  engine: keyof typeof languages,
  answers: Answers = {},
): { readonly query: MigrationQueries; readonly statements: string[] } {
  const statements: string[] = [];
  class RecordingDriver extends DummyDriver {
    override async acquireConnection(): Promise<DatabaseConnection> {
      return connectionTo(answers, statements);
    }
  }
  const query = new Kysely<Record<string, Record<string, unknown>>>({
    dialect: { ...languages[engine], createDriver: () => new RecordingDriver() },
  });
  return { query, statements };
}

function connectionTo(answers: Answers, statements: string[]): DatabaseConnection {
  return {
    async executeQuery<Row>({ sql }: CompiledQuery): Promise<QueryResult<Row>> {
      if (!/^\s*select\b/i.test(sql)) {
        statements.push(sql);
        return { rows: [] };
      }
      const asked = Object.keys(answers).find((word) => sql.includes(word));
      return { rows: (asked === undefined ? [] : (answers[asked] ?? [])) as Row[] };
    },
    streamQuery: () => {
      throw new Error('Expected no streaming');
    },
  };
}
