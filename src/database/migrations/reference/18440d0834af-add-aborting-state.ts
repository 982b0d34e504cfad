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

/** The state `aborting`, which tables of the original lack where it made `node_state` before it had the state. */
export const addAbortingState: Migration = {
  revision: '18440d0834af',
  revises: '882b2d84cb1b',
  title: 'Introducing the aborting state',
  created: '2017-12-11T15:40:13.905554',
  async upgrade({ schema, dialect }) {
    const type = { kind: 'enum', name: 'node_state', values: states } as const;
    // On MySQL the original loses NOT NULL and the default here, and its tables are to stay as it makes them.
    const rest = dialect.name === 'mysql' ? { nullable: true } : { nullable: false, default: 'finished' };
    await schema.alterColumn('nodes', { name: 'state', type, ...rest });
  },
};
