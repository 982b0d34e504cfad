import type { Migration } from '../migration.ts';

/** Whether the service sets the boot device and the power of a node; NULL in older rows means that it does. */
export const addManageBoot: Migration = {
  revision: '2970d2d44edc',
  revises: '18440d0834af',
  title: 'Add manage_boot to nodes',
  created: '2016-05-16T14:03:02.861672',
  async upgrade({ schema }) {
    await schema.addColumn('nodes', { name: 'manage_boot', type: { kind: 'boolean' }, nullable: true });
  },
};
