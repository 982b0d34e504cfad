import type { Migration } from '../migration.ts';

/** Why things happened, look-ups that failed, and rules in an order of their own. */
export const accountsAndPriorities: Migration = {
  revision: '5d80c2b7e914',
  revises: '9c3e5f1a7b20',
  title: 'accounts of introspections, failed look-ups, priorities of rules',
  created: '2026-11-22T23:20:00.000000',
  async upgrade({ schema }) {
    await schema.createTable({
      name: 'introspection_accounts',
      columns: [
        { name: 'node_uuid', type: { kind: 'varchar', length: 36 }, nullable: false },
        { name: 'account', type: { kind: 'long-text' }, nullable: false },
        { name: 'started_at', type: { kind: 'datetime' }, nullable: true },
      ],
      primaryKey: { columns: ['node_uuid'] },
      own: true,
    });
    await schema.createTable({
      name: 'lookup_failures',
      columns: [
        { name: 'digest', type: { kind: 'varchar', length: 64 }, nullable: false },
        { name: 'failed_at', type: { kind: 'datetime' }, nullable: false },
        { name: 'times', type: { kind: 'integer' }, nullable: false },
        { name: 'document', type: { kind: 'long-text' }, nullable: false },
      ],
      primaryKey: { columns: ['digest'] },
      indexes: [{ name: 'lookup_failures_time', columns: ['failed_at'] }],
      own: true,
    });
    await schema.createTable({
      name: 'rule_priorities',
      columns: [
        { name: 'rule', type: { kind: 'varchar', length: 36 }, nullable: false },
        { name: 'priority', type: { kind: 'integer' }, nullable: false },
      ],
      primaryKey: { columns: ['rule'] },
      own: true,
    });
  },
};
