import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Answers, recordedStatements } from '../../../testing/recorded-statements.ts';
import { mysqlSchema } from './mysql-schema.ts';
import type { ColumnDefinition, TableDefinition } from './table-definition.ts';

const on = (answers?: Answers) => {
  const { query, statements } = recordedStatements('mysql', answers);
  return { schema: mysqlSchema(query), statements };
};

const text = (name: string): ColumnDefinition => ({ name, type: { kind: 'text' }, nullable: true });

const table: TableDefinition = {
  name: 't',
  columns: [
    { name: 'id', type: { kind: 'integer' }, nullable: false, autoincrement: true },
    { name: 'a', type: { kind: 'varchar', length: 9 }, nullable: true, default: "o'\\b" },
    { name: 'b', type: { kind: 'boolean' }, nullable: false, default: true },
    { name: 'c', type: { kind: 'long-text' }, nullable: true },
    { name: 'd', type: { kind: 'enum', name: 'paint', values: ['red', 'green'] }, nullable: false },
  ],
  primaryKey: { columns: ['id'] },
  indexes: [{ name: 't_b', columns: ['b'] }],
};

/** A table with a column `a`, its index `i` and its foreign key `fk`. */
const there: Answers = {
  column_type: [
    { name: 'a', type: 'TEXT' },
    { name: 'n', type: 'text' },
  ],
  statistics: [
    { name: 'PRIMARY', column_name: 'a' },
    { name: 'i', column_name: 'a' },
    { name: 'i', column_name: 'b' },
    { name: 'fk', column_name: 'a' },
  ],
  key_column_usage: [{ name: 'fk', column_name: 'a' }],
};

const key = { name: 'fk', columns: ['a'], table: 'o', references: ['x'] };

describe('mysqlSchema', () => {
  it("makes tables of ours in utf8mb4, and the original's as it does", async () => {
    const { schema, statements } = on();

    await schema.createTable({ ...table, own: true });
    await schema.createTable({ ...table, name: 'o', columns: [text('id')], indexes: [] });

    assert.deepEqual(statements, [
      'CREATE TABLE IF NOT EXISTS `t` (`id` INTEGER AUTO_INCREMENT NOT NULL, ' +
        "`a` VARCHAR(9) DEFAULT 'o''\\\\b', `b` BOOLEAN DEFAULT 1 NOT NULL, `c` LONGTEXT, " +
        "`d` ENUM('red', 'green') NOT NULL, PRIMARY KEY (`id`)) " +
        'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin',
      'CREATE INDEX `t_b` ON `t` (`b`)',
      'CREATE TABLE IF NOT EXISTS `o` (`id` TEXT, PRIMARY KEY (`id`)) ENGINE=InnoDB DEFAULT CHARSET=utf8',
    ]);
  });

  it('does what is not done yet', async () => {
    const { schema, statements } = on();

    await schema.addColumn('t', text('a'));
    await schema.createIndex('t', { name: 'i', columns: ['a'] });
    await schema.addUnique('t', { name: 'u', columns: ['a'] });
    await schema.addForeignKey('t', key);
    await schema.replacePrimaryKey('t', { columns: ['a', 'b'] });
    await schema.dropTable('t');

    assert.deepEqual(statements, [
      'ALTER TABLE `t` ADD COLUMN `a` TEXT',
      'CREATE INDEX `i` ON `t` (`a`)',
      'ALTER TABLE `t` ADD CONSTRAINT `u` UNIQUE (`a`)',
      'ALTER TABLE `t` ADD CONSTRAINT `fk` FOREIGN KEY (`a`) REFERENCES `o` (`x`)',
      'ALTER TABLE `t` ADD PRIMARY KEY (`a`, `b`)',
      'DROP TABLE IF EXISTS `t`',
    ]);
  });

  it('leaves alone what is there, or gone', async () => {
    const present = on(there);
    await present.schema.addColumn('t', text('a'));
    await present.schema.createIndex('t', { name: 'i', columns: ['a'] });
    await present.schema.addUnique('t', { name: 'i', columns: ['a'] });
    await present.schema.addForeignKey('t', key);
    await present.schema.replacePrimaryKey('t', { columns: ['a'] });
    const gone = on();
    await gone.schema.dropColumn('t', 'a');
    await gone.schema.dropIndex('t', 'i');
    await gone.schema.dropUnique('t', 'u');
    await gone.schema.dropForeignKey('t', 'fk');
    await gone.schema.dropForeignKeysOver('t', ['a']);
    await gone.schema.replaceColumns('t', [{ by: 'n', column: text('a') }]);

    assert.deepEqual([...present.statements, ...gone.statements], []);
  });

  it('drops and changes what is there', async () => {
    const { schema, statements } = on(there);

    await schema.alterColumn('t', text('a'));
    await schema.dropColumn('t', 'a');
    await schema.dropIndex('t', 'i');
    await schema.dropForeignKey('t', 'fk');
    await schema.dropForeignKeysOver('t', ['a']);
    await schema.replacePrimaryKey('t', { columns: ['b'] });
    await schema.replaceColumns('t', [
      { by: 'n', column: text('a') },
      { by: 'a', column: text('z') },
    ]);

    assert.deepEqual(statements, [
      'ALTER TABLE `t` MODIFY COLUMN `a` TEXT',
      'ALTER TABLE `t` DROP COLUMN `a`',
      'ALTER TABLE `t` DROP INDEX `i`',
      'ALTER TABLE `t` DROP FOREIGN KEY `fk`',
      'ALTER TABLE `t` DROP INDEX `fk`',
      'ALTER TABLE `t` DROP FOREIGN KEY `fk`',
      'ALTER TABLE `t` DROP INDEX `fk`',
      'ALTER TABLE `t` DROP PRIMARY KEY, ADD PRIMARY KEY (`b`)',
      'ALTER TABLE `t` DROP COLUMN `a`, CHANGE COLUMN `n` `a` TEXT, CHANGE COLUMN `a` `z` TEXT',
    ]);
    assert.deepEqual(
      [...(await schema.columnTypes('t'))],
      [
        ['a', 'text'],
        ['n', 'text'],
      ],
    );
  });
});
