import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

const states = [
  'starting',
  'waiting',
  'processing',
  'finished',
  'error',
  'reapplying',
  'enrolling',
  'aborting',
];

/** Where the introspection of a node stands, and what tells concurrent writers from each other. */
export const addNodeState: Migration = {
  revision: 'd2e48801c8ef',
  revises: 'e169a4a81d88',
  title: 'Introducing Node.state attribute',
  created: '2016-07-29T10:10:32.351661',
  async upgrade({ schema, query }) {
    await schema.addColumn('nodes', {
      name: 'version_id',
      type: { kind: 'varchar', length: 36 },
      nullable: true,
      default: '',
    });
    await schema.addColumn('nodes', {
      name: 'state',
      type: { kind: 'enum', name: 'node_state', values: states },
      nullable: false,
      default: 'finished',
    });
    await sql`UPDATE nodes SET state = 'error' WHERE error IS NOT NULL`.execute(query);
  },
};
