import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { openTestDatabase } from '../../../../testing/test-database.ts';
import { silentLogger } from '../../../logging/logger.ts';
import { upgrade } from '../../migrate.ts';

/** What the first release, which had SQLite only, sent: its databases and newer ones are to be the same. */
const released = [
  'CREATE INDEX inspector_attributes_name_value ON attributes (name, value)',
  'CREATE INDEX inspector_attributes_node ON attributes (node_uuid)',
  'CREATE INDEX inspector_nodes_active ON nodes (finished_at, started_at)',
  'CREATE INDEX inspector_nodes_listing ON nodes (started_at, uuid)',
  `CREATE TABLE work_in_flight (
     node_uuid VARCHAR(36) NOT NULL PRIMARY KEY,
     kind VARCHAR(16) NOT NULL,
     arguments TEXT NOT NULL,
     data TEXT,
     created_at DATETIME NOT NULL)`,
  `CREATE TABLE introspection_changes (
     node_uuid VARCHAR(36) NOT NULL PRIMARY KEY,
     changes TEXT NOT NULL)`,
  `CREATE TABLE unanswered_callbacks (
     digest VARCHAR(64) NOT NULL PRIMARY KEY,
     node_uuid VARCHAR(36) NOT NULL)`,
  'CREATE INDEX unanswered_callbacks_node ON unanswered_callbacks (node_uuid)',
  `CREATE TABLE baremetal_nodes (
     sequence INTEGER PRIMARY KEY AUTOINCREMENT,
     uuid VARCHAR(36) NOT NULL UNIQUE,
     name VARCHAR(255) UNIQUE,
     driver VARCHAR(255) NOT NULL,
     provision_state VARCHAR(32) NOT NULL,
     power_state VARCHAR(32),
     target_power_state VARCHAR(32),
     instance_uuid VARCHAR(36) UNIQUE,
     maintenance BOOLEAN NOT NULL,
     resource_class VARCHAR(80),
     version INTEGER NOT NULL,
     document TEXT NOT NULL)`,
  `CREATE TABLE baremetal_ports (
     sequence INTEGER PRIMARY KEY AUTOINCREMENT,
     uuid VARCHAR(36) NOT NULL UNIQUE,
     address VARCHAR(64) NOT NULL UNIQUE,
     node_uuid VARCHAR(36) NOT NULL,
     document TEXT NOT NULL)`,
  'CREATE INDEX baremetal_ports_node ON baremetal_ports (node_uuid)',
  'CREATE INDEX baremetal_nodes_state ON baremetal_nodes (provision_state)',
];

const normalised = (statement: string) =>
  statement.replaceAll('"', '').replace(/\s+/g, ' ').replace('( ', '(');

describe('the first of our own migrations', () => {
  it('makes on SQLite what the first release made', async () => {
    const database = await openTestDatabase('sqlite://');
    await upgrade(database, silentLogger(), '0001');
    const made = async () => {
      const all = sql<{ sql: string }>`SELECT sql FROM sqlite_master WHERE sql IS NOT NULL`;
      return (await all.execute(database.query)).rows.map((row) => normalised(row.sql));
    };
    const migrated = new Set(await made());

    const missing = released.map(normalised).filter((statement) => !migrated.has(statement));

    assert.deepEqual(missing, []);
  });
});
