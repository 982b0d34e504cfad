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
const document = (name: string, nullable = false): ColumnDefinition => ({
  name,
  type: { kind: 'long-text' },
  nullable,
});

/** Every introspection that has ended, and the documents that it had, each content once. */
export const historyOfIntrospections: Migration = {
  revision: '9c3e5f1a7b20',
  revises: '1df396944d6c',
  title: 'history of introspections',
  created: '2026-11-22T23:10:00.000000',
  async upgrade({ schema }) {
    await schema.createTable({
      name: 'history_documents',
      columns: [
        varchar('digest', 64),
        { name: 'size', type: { kind: 'integer' }, nullable: false },
        datetime('touched_at'),
        document('body'),
      ],
      primaryKey: { columns: ['digest'] },
      own: true,
    });
    await schema.createTable({
      name: 'history_pending',
      columns: [
        varchar('node_uuid', 36),
        datetime('started_at', true),
        varchar('unprocessed', 64, true),
        varchar('processed', 64, true),
      ],
      primaryKey: { columns: ['node_uuid'] },
      own: true,
    });
    await schema.createTable({
      name: 'history_runs',
      columns: [
        { name: 'sequence', type: { kind: 'integer' }, nullable: false, autoincrement: true },
        varchar('run', 36),
        varchar('node_uuid', 36),
        varchar('state', 16),
        datetime('started_at', true),
        datetime('finished_at'),
        document('error', true),
        varchar('unprocessed', 64, true),
        varchar('processed', 64, true),
        document('drift', true),
      ],
      primaryKey: { columns: ['sequence'] },
      uniques: [{ name: 'history_runs_run_key', columns: ['run'] }],
      indexes: [
        { name: 'history_runs_node', columns: ['node_uuid', 'sequence'] },
        { name: 'history_runs_end', columns: ['finished_at'] },
        { name: 'history_runs_unprocessed', columns: ['unprocessed'] },
        { name: 'history_runs_processed', columns: ['processed'] },
      ],
      own: true,
    });
  },
};
