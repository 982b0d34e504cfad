import type { ColumnDefinition } from '../../schema/table-definition.ts';
import type { Migration } from '../migration.ts';

const id: ColumnDefinition = {
  name: 'id',
  type: { kind: 'integer' },
  nullable: false,
  autoincrement: true,
};
const rule: ColumnDefinition = { name: 'rule', type: { kind: 'varchar', length: 36 }, nullable: true };
const params: ColumnDefinition = { name: 'params', type: { kind: 'text' }, nullable: true };

/** A plain string that must be there. */
const name = (column: string): ColumnDefinition => ({
  name: column,
  type: { kind: 'varchar', length: 255 },
  nullable: false,
});

const ofRule = [{ columns: ['rule'], table: 'rules', references: ['uuid'] }];

/** Introspection rules with what they ask for and what they do. */
export const createRules: Migration = {
  revision: 'd588418040d',
  revises: '578f84f38d',
  title: 'Add Rules',
  created: '2015-09-21T14:31:03.048455',
  async upgrade({ schema }) {
    await schema.createTable({
      name: 'rules',
      columns: [
        { name: 'uuid', type: { kind: 'varchar', length: 36 }, nullable: false },
        { name: 'created_at', type: { kind: 'datetime' }, nullable: false },
        { name: 'description', type: { kind: 'text' }, nullable: true },
        { name: 'disabled', type: { kind: 'boolean' }, nullable: true },
      ],
      primaryKey: { columns: ['uuid'] },
    });
    await schema.createTable({
      name: 'rule_conditions',
      columns: [
        id,
        rule,
        name('op'),
        name('multiple'),
        { name: 'field', type: { kind: 'text' }, nullable: true },
        params,
      ],
      primaryKey: { columns: ['id'] },
      foreignKeys: ofRule,
    });
    await schema.createTable({
      name: 'rule_actions',
      columns: [id, rule, name('action'), params],
      primaryKey: { columns: ['id'] },
      foreignKeys: ofRule,
    });
  },
};
