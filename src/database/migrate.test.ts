// Shows these lines of docs/compatibility.md: schema-on-start.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { forEachEngine, type TestEngine } from '../../testing/database-engines.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { schemaCatalogue } from '../../testing/schema-catalogue.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openTestDatabase } from '../../testing/test-database.ts';
import { silentLogger } from '../logging/logger.ts';
import type { Database } from './database.ts';
import { currentRevisions, isNewestSchema, migrate, stamp, upgrade } from './migrate.ts';
import { headOf, histories } from './revisions.ts';
import { ownTables } from './schema/own-tables.ts';

/** Of both histories. */
const allSteps = histories.reference.length + histories.own.length;

const open = (connection = 'sqlite://') => openTestDatabase(connection);

interface Column {
  name: string;
  type: string;
  notnull: number;
  dflt_value: string | null;
  pk: number;
}

/** `name TYPE [NOT NULL] [DEFAULT x] [PK n]`, in the order of the table. */
async function columnsOf({ query }: Database, table: string): Promise<string[]> {
  const { rows } = await sql<Column>`SELECT * FROM pragma_table_info(${table})`.execute(query);
  return rows.map(({ name, type, notnull, dflt_value, pk }) =>
    [
      `${name} ${type}`,
      ...(notnull === 1 ? ['NOT NULL'] : []),
      ...(dflt_value === null ? [] : [`DEFAULT ${dflt_value}`]),
      ...(pk > 0 ? [`PK ${pk}`] : []),
    ].join(' '),
  );
}

async function tablesOf({ query }: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`.execute(
    query,
  );
  return rows.map(({ name }) => name);
}

/** Everything that makes the schema, as SQLite keeps it. */
async function schemaText({ query }: Database): Promise<string[]> {
  const { rows } = await sql<{ sql: string }>`
    SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name`.execute(query);
  return rows.map((row) => row.sql);
}

const referenceTables: Record<string, string[]> = {
  nodes: [
    'uuid VARCHAR(36) NOT NULL PK 1',
    'error TEXT',
    "version_id VARCHAR(36) DEFAULT ''",
    "state VARCHAR(10) NOT NULL DEFAULT 'finished'",
    'started_at DATETIME',
    'finished_at DATETIME',
    'manage_boot BOOLEAN',
  ],
  attributes: [
    'name VARCHAR(255) NOT NULL',
    'value VARCHAR(255)',
    'uuid VARCHAR(36) PK 1',
    'node_uuid VARCHAR(36)',
  ],
  options: ['uuid VARCHAR(36) NOT NULL PK 1', 'name VARCHAR(255) NOT NULL PK 2', 'value TEXT'],
  rules: [
    'uuid VARCHAR(36) NOT NULL PK 1',
    'created_at DATETIME NOT NULL',
    'description TEXT',
    'disabled BOOLEAN',
    'scope VARCHAR(255)',
  ],
  rule_conditions: [
    'id INTEGER NOT NULL PK 1',
    'rule VARCHAR(36)',
    'op VARCHAR(255) NOT NULL',
    'multiple VARCHAR(255) NOT NULL',
    'field TEXT',
    'params TEXT',
    'invert BOOLEAN',
  ],
  rule_actions: [
    'id INTEGER NOT NULL PK 1',
    'rule VARCHAR(36)',
    'action VARCHAR(255) NOT NULL',
    'params TEXT',
  ],
  introspection_data: ['uuid VARCHAR(36) NOT NULL PK 1', 'processed BOOLEAN NOT NULL PK 2', 'data TEXT'],
  alembic_version: ['version_num VARCHAR(32) NOT NULL PK 1'],
};

const ownNames = [...ownTables.map(({ name }) => name), 'inspector_schema_history'];

describe('migrate on an empty database', () => {
  it("makes the original's tables as its own migrations leave them", async () => {
    const database = await open();

    await migrate(database, silentLogger());

    for (const [table, columns] of Object.entries(referenceTables)) {
      assert.deepEqual(await columnsOf(database, table), columns, table);
    }
    await database.close();
  });

  it('names constraints as the original does, and has its foreign keys', async () => {
    const database = await open();

    await migrate(database, silentLogger());

    const text = (await schemaText(database)).join('\n');
    for (const name of ['pk_attributes', 'fk_node_attribute', 'alembic_version_pkc']) {
      assert.match(text, new RegExp(`CONSTRAINT "?${name}"? `));
    }
    for (const [table, key] of [
      ['attributes', 'node_uuid -> nodes.uuid'],
      ['options', 'uuid -> nodes.uuid'],
      ['introspection_data', 'uuid -> nodes.uuid'],
      ['rule_conditions', 'rule -> rules.uuid'],
      ['rule_actions', 'rule -> rules.uuid'],
    ] as const) {
      const { rows } = await sql<{ from: string; table: string; to: string }>`
        SELECT * FROM pragma_foreign_key_list(${table})`.execute(database.query);
      const keys = rows.map((row) => `${row.from} -> ${row.table}.${row.to}`);
      assert.deepEqual(keys, [key], table);
    }
    await database.close();
  });

  it("records the original's revision and our own steps, each in its own table", async () => {
    const database = await open();
    const log = recordingLogger();

    await migrate(database, log);

    const version = await sql`SELECT version_num FROM alembic_version`.execute(database.query);
    const history = await sql`SELECT revision FROM inspector_schema_history ORDER BY revision`.execute(
      database.query,
    );
    assert.deepEqual(
      version.rows.map((row) => ({ ...(row as object) })),
      [{ version_num: 'b55109d5063a' }],
    );
    assert.deepEqual(
      history.rows.map((row) => ({ ...(row as object) })),
      [
        { revision: '0001' },
        { revision: '0002' },
        { revision: '1df396944d6c' },
        { revision: '5d80c2b7e914' },
        { revision: '6b2d7f40a9c3' },
        { revision: '7e4c19d05ab2' },
        { revision: '9c3e5f1a7b20' },
        { revision: 'a81f3e52c6d4' },
        { revision: 'b164cc1e6b97' },
        { revision: 'd27be4f19a08' },
      ],
    );
    assert.deepEqual(
      [log.lines[0], log.lines[1], ...log.lines.slice(-10)],
      [
        'info: Running upgrade  -> 578f84f38d, inital_db_schema',
        'info: Running upgrade 578f84f38d -> d588418040d, Add Rules',
        'info: Running upgrade  -> 0001, look-up indexes, work in flight, built-in registry',
        'info: Running upgrade 0001 -> 0002, indexes for rules by creation and nodes by state',
        'info: Running upgrade 0002 -> b164cc1e6b97, rows know their introspection',
        'info: Running upgrade b164cc1e6b97 -> 1df396944d6c, conductors on one database',
        'info: Running upgrade 1df396944d6c -> 9c3e5f1a7b20, history of introspections',
        'info: Running upgrade 9c3e5f1a7b20 -> 5d80c2b7e914, accounts of introspections, failed look-ups, priorities of rules',
        'info: Running upgrade 5d80c2b7e914 -> 6b2d7f40a9c3, bulk runs',
        'info: Running upgrade 6b2d7f40a9c3 -> a81f3e52c6d4, stages of introspections',
        'info: Running upgrade a81f3e52c6d4 -> d27be4f19a08, health of PXE filters',
        'info: Running upgrade d27be4f19a08 -> 7e4c19d05ab2, no pending documents of the history',
      ],
    );
    assert.equal(log.lines.length, allSteps);
    await database.close();
  });

  it("adds tables and indexes of our own, and no column to the original's tables", async () => {
    const database = await open();

    await migrate(database, silentLogger());

    const names = [...Object.keys(referenceTables), ...ownNames].sort();
    assert.deepEqual(await tablesOf(database), names);
    const { rows } = await sql<{ name: string; tbl_name: string }>`
      SELECT name, tbl_name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name`.execute(
      database.query,
    );
    const onReference = rows.filter(({ tbl_name }) => Object.hasOwn(referenceTables, tbl_name));
    assert.deepEqual(
      onReference.map(({ name }) => name),
      [
        'inspector_attributes_name_value',
        'inspector_attributes_of_node',
        'inspector_nodes_listing',
        'inspector_nodes_state',
        'inspector_nodes_unended',
        'inspector_rules_created',
      ],
    );
    await database.close();
  });

  it('gives a row that the original inserts with few columns its defaults', async () => {
    const database = await open();
    await migrate(database, silentLogger());

    await sql`INSERT INTO nodes (uuid) VALUES ('a')`.execute(database.query);

    const row = await database.query.selectFrom('nodes').selectAll().executeTakeFirstOrThrow();
    assert.deepEqual(
      { ...row },
      {
        uuid: 'a',
        version_id: '',
        state: 'finished',
        started_at: null,
        finished_at: null,
        error: null,
        manage_boot: null,
      },
    );
    await database.close();
  });
});

describe('migrate on a database with tables', () => {
  it('does nothing the second time', async () => {
    const database = await open();
    await migrate(database, silentLogger());
    const before = await schemaText(database);
    await sql`INSERT INTO nodes (uuid, started_at) VALUES ('a', '2026-11-22 13:36:35.999804')`.execute(
      database.query,
    );
    const log = recordingLogger();

    await migrate(database, log);

    assert.deepEqual(log.lines, []);
    assert.deepEqual(await schemaText(database), before);
    assert.equal((await database.query.selectFrom('nodes').selectAll().execute()).length, 1);
    await database.close();
  });

  it("takes over the original's database in place, with what is in it", async () => {
    const database = await open();
    await upgrade(database, silentLogger(), 'b55109d5063a');
    await sql`INSERT INTO nodes (uuid, state, started_at) VALUES ('a', 'waiting', '2026-11-22 13:36:35.999804')`.execute(
      database.query,
    );

    await migrate(database, silentLogger());

    const rows = await database.query.selectFrom('nodes').select(['uuid', 'state', 'started_at']).execute();
    assert.deepEqual(
      rows.map((row) => ({ ...row })),
      [{ uuid: 'a', state: 'waiting', started_at: '2026-11-22 13:36:35.999804' }],
    );
    assert.ok((await tablesOf(database)).includes('work_in_flight'));
    await database.close();
  });

  it('brings an older revision of the original to the newest', async () => {
    const database = await open();
    await upgrade(database, silentLogger(), '882b2d84cb1b');
    const log = recordingLogger();

    await migrate(database, log);

    assert.equal(
      log.lines[0],
      'info: Running upgrade 882b2d84cb1b -> 18440d0834af, Introducing the aborting state',
    );
    assert.ok(await isNewestSchema(database));
    await database.close();
  });

  it('refuses a version table without a version', async () => {
    const database = await open();
    await migrate(database, silentLogger());
    await sql`DELETE FROM alembic_version`.execute(database.query);

    await assert.rejects(migrate(database, silentLogger()), {
      kind: 'invalid',
      message: /^The database has inspector tables but no version\. /,
    });
    await database.close();
  });

  it('refuses inspector tables without a version table and says what to do', async () => {
    const database = await open();
    await sql`CREATE TABLE nodes (uuid VARCHAR(36))`.execute(database.query);

    await assert.rejects(migrate(database, silentLogger()), {
      kind: 'invalid',
      message:
        'The database has inspector tables but no version. Run "ironic-inspector-dbsync stamp --revision 578f84f38d", or "ironic-inspector-dbsync stamp --revision d588418040d" if it has a table "rules", then "ironic-inspector-dbsync upgrade"',
    });

    assert.deepEqual(await tablesOf(database), ['nodes']);
    await database.close();
  });

  it('undoes a step that fails, and does it when the reason is gone', async () => {
    const database = await open();
    await sql`CREATE TABLE baremetal_ports (mine TEXT)`.execute(database.query);

    await assert.rejects(migrate(database, silentLogger()), /baremetal_ports"? already exists/);
    const after = await tablesOf(database);
    await sql`DROP TABLE baremetal_ports`.execute(database.query);
    await migrate(database, silentLogger());

    assert.ok(!after.includes('work_in_flight'));
    assert.ok((await tablesOf(database)).includes('work_in_flight'));
    await database.close();
  });

  it('may run in two services at once', async () => {
    const folder = temporaryFolder();
    const connection = `sqlite:///${join(folder.path, 'inspector.sqlite')}`;
    const one = await open(connection);
    const other = await open(connection);

    await Promise.all([migrate(one, silentLogger()), migrate(other, silentLogger())]);

    assert.deepEqual(await schemaText(one), await schemaText(other));
    await one.close();
    await other.close();
  });
});

/** An empty database of an engine, and a function that counts what the log says of steps. */
async function emptyDatabase(engine: TestEngine) {
  const database = await openTestDatabase(await engine.emptyDatabase());
  const log = recordingLogger();
  return { database, log, steps: () => log.lines.filter((line) => line.includes(' -> ')).length };
}

forEachEngine('upgrade', (engine) => {
  it('goes to a revision, is content with a newer one, and goes to the newest of both histories', async (t) => {
    const { database, log, steps } = await emptyDatabase(engine);
    t.after(() => database.close());

    await upgrade(database, log, 'e169a4');
    assert.deepEqual(await currentRevisions(database), { reference: 'e169a4a81d88', own: null });
    await upgrade(database, log, 'd588418040d');
    await upgrade(database, log, 'base');
    assert.equal(steps(), 3);
    assert.equal(await isNewestSchema(database), false);
    await upgrade(database, log, '0001');
    assert.deepEqual(await currentRevisions(database), { reference: 'b55109d5063a', own: '0001' });
    await upgrade(database, log);

    assert.deepEqual(await currentRevisions(database), { reference: 'b55109d5063a', own: headOf('own') });
    assert.equal(steps(), allSteps);
    assert.equal(await isNewestSchema(database), true);
    await assert.rejects(upgrade(database, log, 'nothing'), {
      kind: 'not-found',
      message: "Can't locate revision identified by 'nothing'",
    });
  });

  it('may run in several processes at once', async (t) => {
    const connection = await engine.emptyDatabase();
    const databases = await Promise.all([1, 2, 3].map(() => open(connection)));
    t.after(() => Promise.all(databases.map((database) => database.close())));
    const log = recordingLogger();

    await Promise.all(databases.map((database) => upgrade(database, log)));

    assert.equal(log.lines.filter((line) => line.includes('Running upgrade')).length, allSteps);
    assert.ok(await isNewestSchema(databases[0] as Database));
  });
});

forEachEngine('stamp', (engine) => {
  it('writes versions and changes nothing else', async (t) => {
    const { database, log } = await emptyDatabase(engine);
    t.after(() => database.close());
    await upgrade(database, silentLogger());
    const before = await schemaCatalogue(database);

    await stamp(database, log, 'd588418040d');
    const older = await currentRevisions(database);
    await stamp(database, log, '0001');
    const ownOlder = await currentRevisions(database);
    await stamp(database, log, 'base');
    const none = await currentRevisions(database);
    await stamp(database, log, 'head');

    assert.deepEqual(older, { reference: 'd588418040d', own: headOf('own') });
    assert.deepEqual(ownOlder, { reference: 'd588418040d', own: '0001' });
    assert.deepEqual(none, { reference: null, own: null });
    assert.ok(await isNewestSchema(database));
    assert.deepEqual(await schemaCatalogue(database), before);
    assert.deepEqual(log.at('info'), [
      'Running stamp_revision b55109d5063a -> d588418040d',
      `Running stamp_revision ${headOf('own')} -> 0001`,
      'Running stamp_revision d588418040d -> ',
      'Running stamp_revision 0001 -> ',
      'Running stamp_revision  -> b55109d5063a',
      `Running stamp_revision  -> ${headOf('own')}`,
    ]);
  });

  it("leaves our own steps to be done where only the original's tables are there", async (t) => {
    const { database, log } = await emptyDatabase(engine);
    t.after(() => database.close());
    await upgrade(database, silentLogger(), 'b55109d5063a');
    await sql`DROP TABLE alembic_version`.execute(database.query);

    await stamp(database, log, 'head');

    assert.deepEqual(await currentRevisions(database), { reference: 'b55109d5063a', own: null });
    await migrate(database, log);
    assert.ok(await isNewestSchema(database));
  });
});

forEachEngine('migrate at the start of a service', (engine) => {
  it('refuses versions that it does not know, and says which', async (t) => {
    const { database, log } = await emptyDatabase(engine);
    t.after(() => database.close());
    await migrate(database, log).catch(() => upgrade(database, log));

    await sql`INSERT INTO inspector_schema_history VALUES ('0009'), ('abcdef012345')`.execute(database.query);
    await assert.rejects(migrate(database, log), {
      kind: 'invalid',
      message:
        'The database has been upgraded by a newer version: inspector_schema_history has 0009, abcdef012345, and this version knows nothing after 7e4c19d05ab2. Install the newer version again',
    });
    await sql`DELETE FROM inspector_schema_history WHERE revision IN ('0009', 'abcdef012345')`.execute(
      database.query,
    );
    await sql`UPDATE alembic_version SET version_num = 'ffffffffffff'`.execute(database.query);
    for (const refused of [migrate, upgrade]) {
      await assert.rejects(refused(database, log), {
        kind: 'invalid',
        message:
          'The database is at revision ffffffffffff, which this version does not know; the newest is b55109d5063a. Check that [database]connection names the database of ironic-inspector',
      });
    }
  });

  it("makes our own tables beside the original's newest", async (t) => {
    const { database, log } = await emptyDatabase(engine);
    t.after(() => database.close());
    await upgrade(database, silentLogger(), 'head');
    const complete = await schemaCatalogue(database);
    for (const { name } of ownTables) await sql`DROP TABLE ${sql.table(name)}`.execute(database.query);
    await sql`DROP TABLE inspector_schema_history`.execute(database.query);
    const indexes = {
      nodes: ['listing', 'state', 'unended'],
      // MySQL's foreign key relies on the other one.
      attributes: engine.name === 'mysql' ? ['name_value'] : ['name_value', 'of_node'],
      rules: ['created'],
    };
    for (const [table, names] of Object.entries(indexes)) {
      for (const name of names) await dropIndex(database, table, `inspector_${table}_${name}`);
    }

    await migrate(database, log);

    assert.deepEqual((await schemaCatalogue(database)).toSorted(), complete.toSorted());
  });

  if (engine.name === 'sqlite') return;

  it('leaves an older or missing schema to dbsync', async (t) => {
    const { database, log } = await emptyDatabase(engine);
    t.after(() => database.close());
    const what = 'Stop the services that use it and run "ironic-inspector-dbsync upgrade"';

    await assert.rejects(migrate(database, log), {
      kind: 'invalid',
      message: `The database is at no revision, expected b55109d5063a. ${what}`,
    });
    assert.deepEqual(await schemaCatalogue(database), []);
    await upgrade(database, silentLogger(), '882b2d84cb1b');
    await assert.rejects(migrate(database, log), {
      message: `The database is at revision 882b2d84cb1b, expected b55109d5063a. ${what}`,
    });
  });
});

async function dropIndex({ query, dialect }: Database, table: string, name: string): Promise<void> {
  const on = dialect.name === 'mysql' ? sql` ON ${sql.table(table)}` : sql``;
  await sql`DROP INDEX ${sql.ref(name)}${on}`.execute(query);
}
