import type { ColumnDefinition } from '../../schema/table-definition.ts';
import type { Migration, SchemaChanger } from '../migration.ts';

const varchar = (name: string, length: number, nullable = false): ColumnDefinition => ({
  name,
  type: { kind: 'varchar', length },
  nullable,
});
const document = (name: string, nullable = false): ColumnDefinition => ({
  name,
  type: { kind: 'long-text' },
  nullable,
});
const counter = (name: string): ColumnDefinition => ({
  name,
  type: { kind: 'integer' },
  nullable: false,
  autoincrement: true,
});
const uniqueOf = (table: string, column: string) => ({ name: `${table}_${column}_key`, columns: [column] });

/** Indexes for the original's tables, and tables of our own. */
export const firstOwnTables: Migration = {
  revision: '0001',
  revises: null,
  title: 'look-up indexes, work in flight, built-in registry',
  created: '2026-11-20T00:00:00',
  async upgrade({ schema }) {
    await indexReferenceTables(schema);
    await createWorkTables(schema);
    await createRegistryTables(schema);
  },
};

async function indexReferenceTables(schema: SchemaChanger): Promise<void> {
  const nameAndValue = { name: 'inspector_attributes_name_value', columns: ['name', 'value'] };
  await schema.createIndex('attributes', nameAndValue);
  await schema.createIndex('attributes', { name: 'inspector_attributes_node', columns: ['node_uuid'] });
  await schema.createIndex('nodes', {
    name: 'inspector_nodes_active',
    columns: ['finished_at', 'started_at'],
  });
  await schema.createIndex('nodes', { name: 'inspector_nodes_listing', columns: ['started_at', 'uuid'] });
}

async function createWorkTables(schema: SchemaChanger): Promise<void> {
  await schema.createTable({
    name: 'work_in_flight',
    columns: [
      varchar('node_uuid', 36),
      varchar('kind', 16),
      document('arguments'),
      document('data', true),
      { name: 'created_at', type: { kind: 'datetime' }, nullable: false },
    ],
    primaryKey: { columns: ['node_uuid'] },
    own: true,
  });
  await schema.createTable({
    name: 'introspection_changes',
    columns: [varchar('node_uuid', 36), document('changes')],
    primaryKey: { columns: ['node_uuid'] },
    own: true,
  });
  await schema.createTable({
    name: 'unanswered_callbacks',
    columns: [varchar('digest', 64), varchar('node_uuid', 36)],
    primaryKey: { columns: ['digest'] },
    indexes: [{ name: 'unanswered_callbacks_node', columns: ['node_uuid'] }],
    own: true,
  });
}

async function createRegistryTables(schema: SchemaChanger): Promise<void> {
  await schema.createTable({
    name: 'baremetal_nodes',
    columns: [
      counter('sequence'),
      varchar('uuid', 36),
      varchar('name', 255, true),
      varchar('driver', 255),
      varchar('provision_state', 32),
      varchar('power_state', 32, true),
      varchar('target_power_state', 32, true),
      varchar('instance_uuid', 36, true),
      { name: 'maintenance', type: { kind: 'boolean' }, nullable: false },
      varchar('resource_class', 80, true),
      { name: 'version', type: { kind: 'integer' }, nullable: false },
      document('document'),
    ],
    primaryKey: { columns: ['sequence'] },
    uniques: ['uuid', 'name', 'instance_uuid'].map((column) => uniqueOf('baremetal_nodes', column)),
    indexes: [{ name: 'baremetal_nodes_state', columns: ['provision_state'] }],
    own: true,
  });
  await schema.createTable({
    name: 'baremetal_ports',
    columns: [
      counter('sequence'),
      varchar('uuid', 36),
      varchar('address', 64),
      varchar('node_uuid', 36),
      document('document'),
    ],
    primaryKey: { columns: ['sequence'] },
    uniques: ['uuid', 'address'].map((column) => uniqueOf('baremetal_ports', column)),
    indexes: [{ name: 'baremetal_ports_node', columns: ['node_uuid'] }],
    own: true,
  });
}
