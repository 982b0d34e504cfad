import type { Migration } from '../migration.ts';

/** Rules are read in the order of their creation, and nodes by what is being done with them. */
export const indexRulesAndStates: Migration = {
  revision: '0002',
  revises: '0001',
  title: 'indexes for rules by creation and nodes by state',
  created: '2026-11-22T19:00:00',
  async upgrade({ schema }) {
    await schema.createIndex('rules', { name: 'inspector_rules_created', columns: ['created_at'] });
    await schema.createIndex('nodes', {
      name: 'inspector_nodes_state',
      columns: ['state', 'started_at', 'uuid'],
    });
    // What is asked of all that is under introspection is answered from these alone, however far apart the rows are.
    await schema.createIndex('nodes', {
      name: 'inspector_nodes_unended',
      columns: ['finished_at', 'state', 'started_at', 'uuid'],
    });
    await schema.createIndex('attributes', {
      name: 'inspector_attributes_of_node',
      columns: ['node_uuid', 'name', 'value'],
    });
    // The new ones begin with the same columns.
    await schema.dropIndex('nodes', 'inspector_nodes_active');
    await schema.dropIndex('attributes', 'inspector_attributes_node');
  },
};
