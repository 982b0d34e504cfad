import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { logIn, type Rows, runStatements } from './server-statements.ts';

/** Test databases on one server. */
export interface ServerDatabases {
  /** Makes a new, empty one; gives its `[database]connection`. */
  readonly create: () => Promise<string>;
  /** Drops all that `create` made; whoever is still connected is thrown out. */
  readonly dropAll: () => Promise<void>;
}

/** Why no tests can run on a server, or `false`. Takes milliseconds. */
export async function whyNoServer(connection: string, name: string): Promise<string | false> {
  try {
    await (await logIn(connection, 1000)).end();
    return false;
  } catch (error) {
    const { hostname: host, port } = new URL(connection);
    const reason = error instanceof Error ? error.message || String(error) : String(error);
    return `no ${name} at ${host}${port && `:${port}`} (${reason}); tools/test-setup.sh prepares one`;
  }
}

/** Databases on the server of a connection, made by its user. */
export function serverDatabases(connection: string): ServerDatabases {
  const made: string[] = [];
  let cleaned: Promise<void> | undefined;
  return {
    async create() {
      cleaned ??= dropAbandoned(connection);
      await cleaned;
      const name = testDatabaseName();
      made.push(name);
      await runStatements(connection, `CREATE DATABASE ${name}`);
      const url = new URL(connection);
      url.pathname = `/${name}`;
      return url.href;
    },
    async dropAll() {
      if (made.length > 0) await runStatements(connection, ...made.splice(0).map(dropStatement(connection)));
    },
  };
}

const prefix = 'inspector_test';
const hostId = createHash('sha256').update(hostname()).digest('hex').slice(0, 6);

/** A new name, unique among all machines. It says who made it, and when, for whoever has to clean up. */
export function testDatabaseName(): string {
  return [prefix, hostId, process.pid, Date.now(), process.hrtime.bigint() % 1_000_000_000n].join('_');
}

/** Databases of test runs that were killed: their process is gone, or they are two hours old. */
async function dropAbandoned(connection: string): Promise<void> {
  const rows = isPostgresql(connection)
    ? await runStatements(connection, 'SELECT datname AS name FROM pg_database')
    : await runStatements(connection, 'SELECT schema_name AS name FROM information_schema.schemata');
  const abandoned = namesOf(rows).filter((name) => isAbandoned(name, Date.now()));
  for (const name of abandoned) await runStatements(connection, dropStatement(connection)(name));
}

function namesOf(rows: Rows): string[] {
  return rows.map(({ name }) => String(name));
}

/** Whether nobody needs the database of this name any longer. */
export function isAbandoned(name: string, now: number): boolean {
  const [, host, pid, time] = /^inspector_test_([0-9a-f]{6})_(\d+)_(\d+)_\d+$/.exec(name) ?? [];
  if (time === undefined) return false;
  if (now - Number(time) > 2 * 60 * 60 * 1000) return true;
  return host === hostId && !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function dropStatement(connection: string): (name: string) => string {
  const force = isPostgresql(connection) ? ' WITH (FORCE)' : '';
  return (name) => `DROP DATABASE IF EXISTS ${name}${force}`;
}

function isPostgresql(connection: string): boolean {
  return connection.startsWith('postgresql');
}
