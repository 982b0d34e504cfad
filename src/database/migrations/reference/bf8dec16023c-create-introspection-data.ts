import type { Migration } from '../migration.ts';

/** What ramdisks sent, kept in the database. */
export const createIntrospectionData: Migration = {
  revision: 'bf8dec16023c',
  revises: '2970d2d44edc',
  title: 'add_introspection_data_table',
  created: '2018-07-19T18:51:38.124614',
  async upgrade({ schema }) {
    await schema.createTable({
      name: 'introspection_data',
      columns: [
        { name: 'uuid', type: { kind: 'varchar', length: 36 }, nullable: false },
        { name: 'processed', type: { kind: 'boolean' }, nullable: false },
        { name: 'data', type: { kind: 'long-text' }, nullable: true },
      ],
      primaryKey: { columns: ['uuid', 'processed'] },
      foreignKeys: [{ columns: ['uuid'], table: 'nodes', references: ['uuid'] }],
    });
  },
};
