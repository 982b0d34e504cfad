// Shows these lines of docs/compatibility.md: schema-on-start.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type Kysely, sql } from 'kysely';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openTestDatabase } from '../../testing/test-database.ts';
import { silentLogger } from '../logging/logger.ts';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { createReferenceSchema, referenceRevision } from './migrations/reference-schema.ts';

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
    "version_id VARCHAR(36) DEFAULT ''",
    "state VARCHAR(10) NOT NULL DEFAULT 'finished'",
    'started_at DATETIME',
    'finished_at DATETIME',
    'error TEXT',
    'manage_boot BOOLEAN',
  ],
  attributes: [
    'uuid VARCHAR(36) NOT NULL PK 1',
    'node_uuid VARCHAR(36)',
    'name VARCHAR(255) NOT NULL',
    'value VARCHAR(255)',
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
    'invert BOOLEAN',
    'field TEXT',
    'params TEXT',
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

const ownTables = [
  'baremetal_nodes',
  'baremetal_ports',
  'inspector_schema_history',
  'introspection_changes',
  'unanswered_callbacks',
  'work_in_flight',
];

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
      assert.match(text, new RegExp(`CONSTRAINT ${name} `));
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
      [{ revision: '0001' }],
    );
    assert.deepEqual(log.lines, [
      'info: Running upgrade 0001, look-up indexes, work in flight, built-in registry',
    ]);
    await database.close();
  });

  it("adds tables and indexes of our own, and no column to the original's tables", async () => {
    const database = await open();

    await migrate(database, silentLogger());

    const names = [...Object.keys(referenceTables), ...ownTables].sort();
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
        'inspector_attributes_node',
        'inspector_nodes_active',
        'inspector_nodes_listing',
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
    await sql`INSERT INTO nodes (uuid) VALUES ('a')`.execute(database.query);
    const log = recordingLogger();

    await migrate(database, log);

    assert.deepEqual(log.lines, []);
    assert.deepEqual(await schemaText(database), before);
    assert.equal((await database.query.selectFrom('nodes').selectAll().execute()).length, 1);
    await database.close();
  });

  it("takes over the original's database in place, with what is in it", async () => {
    const database = await open();
    await createReferenceSchema(database.query as unknown as Kysely<never>);
    await sql`INSERT INTO nodes (uuid, state) VALUES ('a', 'waiting')`.execute(database.query);

    await migrate(database, silentLogger());

    const rows = await database.query.selectFrom('nodes').select(['uuid', 'state']).execute();
    assert.deepEqual(
      rows.map((row) => ({ ...row })),
      [{ uuid: 'a', state: 'waiting' }],
    );
    assert.ok((await tablesOf(database)).includes('work_in_flight'));
    await database.close();
  });

  it('refuses an older revision of the original and changes nothing', async () => {
    const database = await open();
    await createReferenceSchema(database.query as unknown as Kysely<never>);
    await sql`UPDATE alembic_version SET version_num = '882b2d84cb1b'`.execute(database.query);
    const before = await schemaText(database);

    await assert.rejects(migrate(database, silentLogger()), {
      name: 'InspectorError',
      kind: 'invalid',
      message: `The database is at revision 882b2d84cb1b, expected ${referenceRevision}: upgrade it with the ironic-inspector-dbsync that made it`,
    });

    assert.deepEqual(await schemaText(database), before);
    await database.close();
  });

  it('refuses a version table without a version', async () => {
    const database = await open();
    await createReferenceSchema(database.query as unknown as Kysely<never>);
    await sql`DELETE FROM alembic_version`.execute(database.query);

    await assert.rejects(migrate(database, silentLogger()), {
      kind: 'invalid',
      message: /^The database is at revision none, expected b55109d5063a/,
    });
    await database.close();
  });

  it('refuses inspector tables without a version table and says what to do', async () => {
    const database = await open();
    await sql`CREATE TABLE nodes (uuid VARCHAR(36))`.execute(database.query);

    await assert.rejects(migrate(database, silentLogger()), {
      kind: 'invalid',
      message:
        'The database has inspector tables but no alembic_version: stamp it with the ironic-inspector-dbsync that made it',
    });

    assert.deepEqual(await tablesOf(database), ['nodes']);
    await database.close();
  });

  it('undoes a step that fails, and does it when the reason is gone', async () => {
    const database = await open();
    await sql`CREATE TABLE baremetal_ports (mine TEXT)`.execute(database.query);

    await assert.rejects(migrate(database, silentLogger()), /baremetal_ports already exists/);
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
