import type { ColumnDefinition } from '../../schema/table-definition.ts';
import type { Migration } from '../migration.ts';

const varchar = (name: string, length: number, nullable = false): ColumnDefinition => ({
  name,
  type: { kind: 'varchar', length },
  nullable,
});
const datetime = (name: string, nullable = false): ColumnDefinition => ({
  name,
  type: { kind: 'datetime' },
  nullable,
});
const integer = (name: string): ColumnDefinition => ({ name, type: { kind: 'integer' }, nullable: false });
const document = (name: string, nullable = false): ColumnDefinition => ({
  name,
  type: { kind: 'long-text' },
  nullable,
});

/** Many nodes that are to be introspected, one after another, and how many may boot at once. */
export const bulkRuns: Migration = {
  revision: '6b2d7f40a9c3',
  revises: '5d80c2b7e914',
  title: 'bulk runs',
  created: '2026-11-22T23:40:00.000000',
  async upgrade({ schema }) {
    await schema.createTable({
      name: 'bulk_runs',
      columns: [
        { name: 'sequence', type: { kind: 'integer' }, nullable: false, autoincrement: true },
        varchar('run', 36),
        varchar('state', 16),
        datetime('created_at'),
        datetime('finished_at', true),
        integer('total'),
        document('selection'),
        document('counts', true),
      ],
      primaryKey: { columns: ['sequence'] },
      uniques: [{ name: 'bulk_runs_run_key', columns: ['run'] }],
      indexes: [{ name: 'bulk_runs_state', columns: ['state', 'sequence'] }],
      own: true,
    });
    await schema.createTable({
      name: 'bulk_members',
      columns: [
        varchar('run', 36),
        integer('place'),
        varchar('node_uuid', 36),
        varchar('name', 255, true),
        varchar('state', 16),
        integer('tries'),
        datetime('not_before', true),
        datetime('started_at', true),
        datetime('finished_at', true),
        document('reason', true),
      ],
      primaryKey: { columns: ['run', 'place'] },
      uniques: [{ name: 'bulk_members_node_key', columns: ['run', 'node_uuid'] }],
      indexes: [{ name: 'bulk_members_state', columns: ['run', 'state', 'place'] }],
      own: true,
    });
    await schema.createTable({
      name: 'bulk_pace',
      columns: [varchar('name', 16), document('pace')],
      primaryKey: { columns: ['name'] },
      own: true,
    });
  },
};
