import type { Migration } from '../migration.ts';

/** A rule may be meant for the nodes of one scope only. */
export const addRuleScope: Migration = {
  revision: 'b55109d5063a',
  revises: 'bf8dec16023c',
  title: "Added 'scope' column to 'Rules' table",
  created: '2019-12-11T14:15:57.510289',
  async upgrade({ schema }) {
    await schema.addColumn('rules', {
      name: 'scope',
      type: { kind: 'varchar', length: 255 },
      nullable: true,
    });
  },
};
