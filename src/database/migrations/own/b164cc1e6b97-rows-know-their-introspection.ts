import type { Migration } from '../migration.ts';

/**
 * Tells rows of ours apart from those of an introspection that another service, on the same database in
 * between, has begun in their place.
 */
export const rowsKnowTheirIntrospection: Migration = {
  revision: 'b164cc1e6b97',
  revises: '0002',
  title: 'rows know their introspection',
  created: '2026-11-22T19:46:18.833000',
  async upgrade({ schema }) {
    await schema.addColumn('work_in_flight', {
      name: 'version_id',
      type: { kind: 'varchar', length: 36 },
      nullable: true,
    });
    await schema.addColumn('introspection_changes', {
      name: 'started_at',
      type: { kind: 'datetime' },
      nullable: true,
    });
    await schema.addColumn('unanswered_callbacks', {
      name: 'started_at',
      type: { kind: 'datetime' },
      nullable: true,
    });
  },
};
