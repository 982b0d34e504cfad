import { type Kysely, sql } from 'kysely';

/** One step of our own history, which never touches a column of the original's tables. */
export interface OwnMigration {
  readonly revision: string;
  readonly title: string;
  upgrade(db: Kysely<never>): Promise<void>;
}

/** Oldest first. A step that has been released is not changed any more; a new one is added. */
export const ownMigrations: readonly OwnMigration[] = [
  {
    revision: '0001',
    title: 'look-up indexes, work in flight, built-in registry',
    async upgrade(db) {
      for (const statement of firstSchema) await sql.raw(statement).execute(db);
    },
  },
];

const firstSchema = [
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
