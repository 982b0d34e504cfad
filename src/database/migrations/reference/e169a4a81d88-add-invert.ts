import type { Migration } from '../migration.ts';

/** A condition may be turned round. */
export const addInvert: Migration = {
  revision: 'e169a4a81d88',
  revises: 'd588418040d',
  title: 'Add invert field to rule condition',
  created: '2016-02-16T11:19:29.715615',
  async upgrade({ schema }) {
    await schema.addColumn('rule_conditions', {
      name: 'invert',
      type: { kind: 'boolean' },
      nullable: true,
    });
  },
};
