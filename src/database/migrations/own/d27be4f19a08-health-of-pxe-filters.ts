import type { Migration } from '../migration.ts';

/** How the PXE filter of each conductor does, for the API. */
export const healthOfPxeFilters: Migration = {
  revision: 'd27be4f19a08',
  revises: 'a81f3e52c6d4',
  title: 'health of PXE filters',
  created: '2026-11-23T02:05:00.000000',
  async upgrade({ schema }) {
    await schema.createTable({
      name: 'pxe_filter_health',
      columns: [
        { name: 'host', type: { kind: 'varchar', length: 255 }, nullable: false },
        { name: 'updated_at', type: { kind: 'datetime' }, nullable: false },
        { name: 'health', type: { kind: 'long-text' }, nullable: false },
      ],
      primaryKey: { columns: ['host'] },
      own: true,
    });
  },
};
