import type { DatabaseDialect } from '../dialect.ts';
import type { ColumnDefinition, TableDefinition } from './table-definition.ts';

/** The values of the enum type `node_state`, in order. */
export const nodeStates = [
  'starting',
  'waiting',
  'processing',
  'finished',
  'error',
  'reapplying',
  'enrolling',
  'aborting',
] as const;

const varchar = (name: string, length: number, nullable = true): ColumnDefinition => ({
  name,
  type: { kind: 'varchar', length },
  nullable,
});
const text = (name: string): ColumnDefinition => ({ name, type: { kind: 'text' }, nullable: true });
const flag = (name: string): ColumnDefinition => ({ name, type: { kind: 'boolean' }, nullable: true });
const date = (name: string): ColumnDefinition => ({ name, type: { kind: 'datetime' }, nullable: true });
const counter: ColumnDefinition = {
  name: 'id',
  type: { kind: 'integer' },
  nullable: false,
  autoincrement: true,
};

const toNode = (column: string) => ({ columns: [column], table: 'nodes', references: ['uuid'] });
const toRule = { columns: ['rule'], table: 'rules', references: ['uuid'] };

/**
 * The original's tables at its newest revision, each after those that it refers to, with the indexes that we add;
 * columns are in the order that the original's migrations leave them in. `alembic_version`, where the revision is,
 * belongs to the migrations and is not among them.
 *
 * The original's migrations leave `nodes.state` nullable and without a default on MySQL, and so do ours.
 */
export function referenceTablesOn(engine: DatabaseDialect['name']): readonly TableDefinition[] {
  const state: ColumnDefinition = {
    name: 'state',
    type: { kind: 'enum', name: 'node_state', values: nodeStates },
    ...(engine === 'mysql' ? { nullable: true } : { nullable: false, default: 'finished' }),
  };
  return [nodesTable(state), ...otherTables];
}

function nodesTable(state: ColumnDefinition): TableDefinition {
  return {
    name: 'nodes',
    columns: [
      varchar('uuid', 36, false),
      text('error'),
      { ...varchar('version_id', 36), default: '' },
      state,
      date('started_at'),
      date('finished_at'),
      flag('manage_boot'),
    ],
    primaryKey: { columns: ['uuid'] },
    indexes: [
      { name: 'inspector_nodes_listing', columns: ['started_at', 'uuid'] },
      { name: 'inspector_nodes_state', columns: ['state', 'started_at', 'uuid'] },
      { name: 'inspector_nodes_unended', columns: ['finished_at', 'state', 'started_at', 'uuid'] },
    ],
  };
}

const otherTables: readonly TableDefinition[] = [
  {
    name: 'attributes',
    columns: [
      varchar('name', 255, false),
      varchar('value', 255),
      varchar('uuid', 36, false),
      varchar('node_uuid', 36),
    ],
    primaryKey: { name: 'pk_attributes', columns: ['uuid'] },
    indexes: [
      { name: 'inspector_attributes_name_value', columns: ['name', 'value'] },
      { name: 'inspector_attributes_of_node', columns: ['node_uuid', 'name', 'value'] },
    ],
    foreignKeys: [{ name: 'fk_node_attribute', ...toNode('node_uuid') }],
  },
  {
    name: 'options',
    columns: [varchar('uuid', 36, false), varchar('name', 255, false), text('value')],
    primaryKey: { columns: ['uuid', 'name'] },
    foreignKeys: [toNode('uuid')],
  },
  {
    name: 'rules',
    columns: [
      varchar('uuid', 36, false),
      { ...date('created_at'), nullable: false },
      text('description'),
      flag('disabled'),
      varchar('scope', 255),
    ],
    primaryKey: { columns: ['uuid'] },
    indexes: [{ name: 'inspector_rules_created', columns: ['created_at'] }],
  },
  {
    name: 'rule_conditions',
    columns: [
      counter,
      varchar('rule', 36),
      varchar('op', 255, false),
      varchar('multiple', 255, false),
      text('field'),
      text('params'),
      flag('invert'),
    ],
    primaryKey: { columns: ['id'] },
    foreignKeys: [toRule],
  },
  {
    name: 'rule_actions',
    columns: [counter, varchar('rule', 36), varchar('action', 255, false), text('params')],
    primaryKey: { columns: ['id'] },
    foreignKeys: [toRule],
  },
  {
    name: 'introspection_data',
    columns: [
      varchar('uuid', 36, false),
      { ...flag('processed'), nullable: false },
      { name: 'data', type: { kind: 'long-text' }, nullable: true },
    ],
    primaryKey: { columns: ['uuid', 'processed'] },
    foreignKeys: [toNode('uuid')],
  },
];
