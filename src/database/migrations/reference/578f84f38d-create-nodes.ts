import type { Migration } from '../migration.ts';

const uuid = { name: 'uuid', type: { kind: 'varchar', length: 36 }, nullable: false } as const;

/** The node cache: times are seconds since the epoch, and a value belongs to one node at most. */
export const createNodes: Migration = {
  revision: '578f84f38d',
  revises: null,
  title: 'inital_db_schema',
  created: '2015-09-15T14:52:22.448944',
  async upgrade({ schema }) {
    await schema.createTable({
      name: 'nodes',
      columns: [
        uuid,
        { name: 'started_at', type: { kind: 'float' }, nullable: true },
        { name: 'finished_at', type: { kind: 'float' }, nullable: true },
        { name: 'error', type: { kind: 'text' }, nullable: true },
      ],
      primaryKey: { columns: ['uuid'] },
    });
    await schema.createTable({
      name: 'attributes',
      columns: [
        { name: 'name', type: { kind: 'varchar', length: 255 }, nullable: false },
        { name: 'value', type: { kind: 'varchar', length: 255 }, nullable: false },
        { ...uuid, nullable: true },
      ],
      primaryKey: { columns: ['name', 'value'] },
      foreignKeys: [{ columns: ['uuid'], table: 'nodes', references: ['uuid'] }],
    });
    await schema.createTable({
      name: 'options',
      columns: [
        uuid,
        { name: 'name', type: { kind: 'varchar', length: 255 }, nullable: false },
        { name: 'value', type: { kind: 'text' }, nullable: true },
      ],
      primaryKey: { columns: ['uuid', 'name'] },
      foreignKeys: [{ columns: ['uuid'], table: 'nodes', references: ['uuid'] }],
    });
  },
};
