import type { Migration } from '../migration.ts';

/** How far each introspection has come, and what is known of it. */
export const stagesOfIntrospections: Migration = {
  revision: 'a81f3e52c6d4',
  revises: '6b2d7f40a9c3',
  title: 'stages of introspections',
  created: '2026-11-22T23:40:00.000000',
  async upgrade({ schema }) {
    await schema.createTable({
      name: 'introspection_stages',
      columns: [
        { name: 'node_uuid', type: { kind: 'varchar', length: 36 }, nullable: false },
        { name: 'stage', type: { kind: 'varchar', length: 32 }, nullable: false },
        { name: 'started_at', type: { kind: 'datetime' }, nullable: true },
        { name: 'first_at', type: { kind: 'datetime' }, nullable: false },
        { name: 'last_at', type: { kind: 'datetime' }, nullable: false },
        { name: 'times', type: { kind: 'integer' }, nullable: false },
        { name: 'evidence', type: { kind: 'long-text' }, nullable: false },
      ],
      primaryKey: { columns: ['node_uuid', 'stage'] },
      own: true,
    });
  },
};
