import type { Migration } from '../migration.ts';

/** The documents of a run are written with its end, and not noted beforehand any more. */
export const noPendingDocuments: Migration = {
  revision: '7e4c19d05ab2',
  revises: 'd27be4f19a08',
  title: 'no pending documents of the history',
  created: '2026-11-23T03:25:00.000000',
  async upgrade({ schema }) {
    await schema.dropTable('history_pending');
  },
};
