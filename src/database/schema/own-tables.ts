import type { DatabaseDialect } from '../dialect.ts';
import { referenceTablesOn } from './reference-tables.ts';
import type { ColumnDefinition, TableDefinition } from './table-definition.ts';

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
const sequence: ColumnDefinition = {
  name: 'sequence',
  type: { kind: 'integer' },
  nullable: false,
  autoincrement: true,
};

/** A unique constraint under the name that PostgreSQL gives it by itself, and SQLite's changes find it by. */
const unique = (table: string, column: string) => ({ name: `${table}_${column}_key`, columns: [column] });

/** The tables that are ours alone, but for `inspector_schema_history`, which belongs to the migrations. */
export const ownTables: readonly TableDefinition[] = [
  {
    name: 'work_in_flight',
    columns: [
      varchar('node_uuid', 36),
      varchar('kind', 16),
      document('arguments'),
      document('data', true),
      { name: 'created_at', type: { kind: 'datetime' }, nullable: false },
      varchar('version_id', 36, true),
    ],
    primaryKey: { columns: ['node_uuid'] },
    own: true,
  },
  {
    name: 'introspection_changes',
    columns: [
      varchar('node_uuid', 36),
      document('changes'),
      { name: 'started_at', type: { kind: 'datetime' }, nullable: true },
    ],
    primaryKey: { columns: ['node_uuid'] },
    own: true,
  },
  {
    name: 'introspection_accounts',
    columns: [
      varchar('node_uuid', 36),
      document('account'),
      { name: 'started_at', type: { kind: 'datetime' }, nullable: true },
    ],
    primaryKey: { columns: ['node_uuid'] },
    own: true,
  },
  {
    name: 'introspection_stages',
    columns: [
      varchar('node_uuid', 36),
      varchar('stage', 32),
      { name: 'started_at', type: { kind: 'datetime' }, nullable: true },
      { name: 'first_at', type: { kind: 'datetime' }, nullable: false },
      { name: 'last_at', type: { kind: 'datetime' }, nullable: false },
      { name: 'times', type: { kind: 'integer' }, nullable: false },
      document('evidence'),
    ],
    primaryKey: { columns: ['node_uuid', 'stage'] },
    own: true,
  },
  {
    name: 'lookup_failures',
    columns: [
      varchar('digest', 64),
      { name: 'failed_at', type: { kind: 'datetime' }, nullable: false },
      { name: 'times', type: { kind: 'integer' }, nullable: false },
      document('document'),
    ],
    primaryKey: { columns: ['digest'] },
    indexes: [{ name: 'lookup_failures_time', columns: ['failed_at'] }],
    own: true,
  },
  {
    name: 'rule_priorities',
    columns: [varchar('rule', 36), { name: 'priority', type: { kind: 'integer' }, nullable: false }],
    primaryKey: { columns: ['rule'] },
    own: true,
  },
  {
    name: 'unanswered_callbacks',
    columns: [
      varchar('digest', 64),
      varchar('node_uuid', 36),
      { name: 'started_at', type: { kind: 'datetime' }, nullable: true },
    ],
    primaryKey: { columns: ['digest'] },
    indexes: [{ name: 'unanswered_callbacks_node', columns: ['node_uuid'] }],
    own: true,
  },
  {
    name: 'conductors',
    columns: [
      varchar('host', 255),
      varchar('token', 36),
      { name: 'expires_at', type: { kind: 'datetime' }, nullable: false },
    ],
    primaryKey: { columns: ['host'] },
    own: true,
  },
  {
    name: 'conductor_locks',
    columns: [varchar('name', 64), varchar('holder', 36)],
    primaryKey: { columns: ['name'] },
    own: true,
  },
  {
    name: 'pxe_filter_health',
    columns: [
      varchar('host', 255),
      { name: 'updated_at', type: { kind: 'datetime' }, nullable: false },
      document('health'),
    ],
    primaryKey: { columns: ['host'] },
    own: true,
  },
  {
    name: 'history_documents',
    columns: [
      varchar('digest', 64),
      { name: 'size', type: { kind: 'integer' }, nullable: false },
      { name: 'touched_at', type: { kind: 'datetime' }, nullable: false },
      document('body'),
    ],
    primaryKey: { columns: ['digest'] },
    own: true,
  },
  {
    name: 'history_runs',
    columns: [
      sequence,
      varchar('run', 36),
      varchar('node_uuid', 36),
      varchar('state', 16),
      { name: 'started_at', type: { kind: 'datetime' }, nullable: true },
      { name: 'finished_at', type: { kind: 'datetime' }, nullable: false },
      document('error', true),
      varchar('unprocessed', 64, true),
      varchar('processed', 64, true),
      document('drift', true),
    ],
    primaryKey: { columns: ['sequence'] },
    uniques: [unique('history_runs', 'run')],
    indexes: [
      { name: 'history_runs_node', columns: ['node_uuid', 'sequence'] },
      { name: 'history_runs_end', columns: ['finished_at'] },
      { name: 'history_runs_unprocessed', columns: ['unprocessed'] },
      { name: 'history_runs_processed', columns: ['processed'] },
    ],
    own: true,
  },
  {
    name: 'bulk_runs',
    columns: [
      sequence,
      varchar('run', 36),
      varchar('state', 16),
      { name: 'created_at', type: { kind: 'datetime' }, nullable: false },
      { name: 'finished_at', type: { kind: 'datetime' }, nullable: true },
      { name: 'total', type: { kind: 'integer' }, nullable: false },
      document('selection'),
      document('counts', true),
    ],
    primaryKey: { columns: ['sequence'] },
    uniques: [unique('bulk_runs', 'run')],
    indexes: [{ name: 'bulk_runs_state', columns: ['state', 'sequence'] }],
    own: true,
  },
  {
    name: 'bulk_members',
    columns: [
      varchar('run', 36),
      { name: 'place', type: { kind: 'integer' }, nullable: false },
      varchar('node_uuid', 36),
      varchar('name', 255, true),
      varchar('state', 16),
      { name: 'tries', type: { kind: 'integer' }, nullable: false },
      { name: 'not_before', type: { kind: 'datetime' }, nullable: true },
      { name: 'started_at', type: { kind: 'datetime' }, nullable: true },
      { name: 'finished_at', type: { kind: 'datetime' }, nullable: true },
      document('reason', true),
    ],
    primaryKey: { columns: ['run', 'place'] },
    uniques: [{ name: 'bulk_members_node_key', columns: ['run', 'node_uuid'] }],
    indexes: [{ name: 'bulk_members_state', columns: ['run', 'state', 'place'] }],
    own: true,
  },
  {
    name: 'bulk_pace',
    columns: [varchar('name', 16), document('pace')],
    primaryKey: { columns: ['name'] },
    own: true,
  },
  {
    name: 'baremetal_nodes',
    columns: [
      sequence,
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
    uniques: ['uuid', 'name', 'instance_uuid'].map((column) => unique('baremetal_nodes', column)),
    indexes: [{ name: 'baremetal_nodes_state', columns: ['provision_state'] }],
    own: true,
  },
  {
    name: 'baremetal_ports',
    columns: [
      sequence,
      varchar('uuid', 36),
      varchar('address', 64),
      varchar('node_uuid', 36),
      document('document'),
    ],
    primaryKey: { columns: ['sequence'] },
    uniques: ['uuid', 'address'].map((column) => unique('baremetal_ports', column)),
    indexes: [{ name: 'baremetal_ports_node', columns: ['node_uuid'] }],
    own: true,
  },
];

/** Every declared table, each after those that it refers to: what `create_schema` makes and `--autogenerate` compares. */
export function declaredTables(engine: DatabaseDialect['name']): readonly TableDefinition[] {
  return [...referenceTablesOn(engine), ...ownTables];
}
