import { join } from 'node:path';
import { after, afterEach, describe, it } from 'node:test';
import type { Database } from '../src/database/database.ts';
import type { DatabaseDialect } from '../src/database/dialect.ts';
import { reusedDatabases } from './reused-databases.ts';
import { serverDatabases, whyNoServer } from './server-databases.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { closeTestDatabases, testDatabase } from './test-database.ts';

/** One of the three databases that the service runs on, as tests use it. */
export interface TestEngine {
  readonly name: DatabaseDialect['name'];
  /** Why nothing can be tested on it here, or `false`. */
  readonly skip: string | false;
  /**
   * `[database]connection` of a new database without tables: a file, or one on the server. It goes when the
   * tests of this process have ended; what opened it must have been closed then.
   */
  emptyDatabase(): Promise<string>;
  /** A time of any notation as the engine's date columns hold it: MySQL's have whole seconds. */
  kept(time: string): string;
  /**
   * An open database with all tables, and nothing in them, until the test ends. For tests within
   * `forEachEngine`, which closes it, and gives it to another test.
   */
  testDatabase(): Promise<Database>;
}

/** What `forEachEngine` does with an engine besides. */
interface ManagedEngine extends TestEngine {
  afterEach(): Promise<void>;
  after(): Promise<void>;
}

/**
 * `required`: a server that does not answer is a failure. `sqlite`: servers are left alone. By default, each
 * takes part that answers.
 */
const engines = process.env.INSPECTOR_TEST_ENGINES ?? '';

/** The engines of servers as people call them. */
const people = { postgresql: 'PostgreSQL', mysql: 'MariaDB or MySQL' } as const;

/** Where servers are by default: as in the original's contributor guide. */
const onThisMachine = (scheme: string) =>
  `${scheme}://openstack_citest:openstack_citest@127.0.0.1/openstack_citest`;

const sqlite: ManagedEngine = {
  name: 'sqlite',
  skip: false,
  kept: (time) => time,
  emptyDatabase: async () => `sqlite:///${join(temporaryFolder().path, 'inspector.sqlite')}`,
  testDatabase: () => testDatabase(),
  afterEach: async () => {},
  after: async () => {},
};

/** SQLite, PostgreSQL, and MariaDB or MySQL, in this order, whether they can be used here or not. */
const testEngines: readonly ManagedEngine[] = [
  sqlite,
  ...(await Promise.all([
    onServer('postgresql', process.env.INSPECTOR_TEST_POSTGRESQL ?? onThisMachine('postgresql')),
    onServer('mysql', process.env.INSPECTOR_TEST_MYSQL ?? onThisMachine('mysql+pymysql')),
  ])),
];

/**
 * A `describe` for each engine: `title on sqlite`, and so on. On an engine that has no server here, there is
 * one test, which is skipped; with `INSPECTOR_TEST_ENGINES=required` it fails.
 */
export function forEachEngine(title: string, body: (engine: TestEngine) => void): void {
  for (const engine of testEngines) {
    describe(`${title} on ${engine.name}`, () => {
      if (engine.skip === false) {
        afterEach(() => engine.afterEach());
        after(() => engine.after());
        after(closeTestDatabases);
        body(engine);
      } else if (engines === 'required') {
        const reason = engine.skip;
        it('has a server', () => Promise.reject(new Error(reason)));
      } else {
        it('is skipped', { skip: engine.skip }, () => {});
      }
    });
  }
}

async function onServer(name: 'postgresql' | 'mysql', connection: string): Promise<ManagedEngine> {
  const databases = serverDatabases(connection);
  const reused = reusedDatabases(databases.create);
  // The tests are over, and nothing holds a connection any longer. What cannot be dropped now, because the
  // server is gone, a later run drops.
  process.on('beforeExit', () => void databases.dropAll().catch(() => {}));
  return {
    name,
    skip:
      engines === 'sqlite' ? 'INSPECTOR_TEST_ENGINES=sqlite' : await whyNoServer(connection, people[name]),
    kept: (time) => (name === 'mysql' ? wholeSeconds(time) : time),
    emptyDatabase: databases.create,
    testDatabase: reused.take,
    afterEach: reused.giveBack,
    after: reused.close,
  };
}

function wholeSeconds(time: string): string {
  return time.replace(/(?<=\.)\d+/, (fraction) => '0'.repeat(fraction.length));
}
