import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { loadMigration } from '../../../testing/rendered-migration.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import type { Migration, SchemaChanger } from '../migrations/migration.ts';
import type { ColumnType } from '../schema/table-definition.ts';
import { migrationName } from './migration-name.ts';
import type { Operation } from './operation.ts';
import { type NewMigration, renderMigration } from './render-migration.ts';

const state: ColumnType = {
  kind: 'enum',
  name: 'node_state',
  values: ['starting', 'waiting', 'processing', 'finished', 'error', 'reapplying', 'enrolling', 'aborting'],
};

const operations: readonly Operation[] = [
  {
    kind: 'dropForeignKey',
    table: 'nodes',
    key: { name: 'fk_a', columns: ['a'], table: 'b', references: ['c'] },
  },
  { kind: 'dropUnique', table: 'nodes', name: 'uq_a' },
  { kind: 'dropIndex', table: 'nodes', name: 'ix_a' },
  { kind: 'dropTable', table: 'old' },
  {
    kind: 'createTable',
    table: {
      name: 'racks',
      columns: [
        { name: 'id', type: { kind: 'integer' }, nullable: false, autoincrement: true },
        { name: 'state', type: state, nullable: false, default: 'finished' },
      ],
      primaryKey: { columns: ['id'] },
      uniques: [],
      indexes: [{ name: 'ix_racks_state', columns: ['state', 'id'] }],
      own: true,
    },
  },
  {
    kind: 'addColumn',
    table: 'nodes',
    column: {
      name: 'boot_mode',
      type: { kind: 'varchar', length: 16 },
      nullable: true,
      default: 'it\'s "new"\n',
    },
  },
  {
    kind: 'alterColumn',
    table: 'nodes',
    column: { name: 'load', type: { kind: 'float' }, nullable: true, default: 1e21 },
    change: { nullable: true, default: false },
  },
  { kind: 'dropColumn', table: 'nodes', column: 'gone' },
  { kind: 'addUnique', table: 'nodes', unique: { name: 'uq_b', columns: ['b'] } },
  { kind: 'createIndex', table: 'nodes', index: { name: 'ix_b', columns: ['b', 'c'] } },
  {
    kind: 'addForeignKey',
    table: 'nodes',
    key: { name: 'fk_nodes_rack', columns: ['rack'], table: 'racks', references: ['id'] },
  },
];

const plain: NewMigration = {
  revision: '0123456789ab',
  revises: '0002',
  title: 'Add racks */ to "nodes"',
  created: '2026-01-02T03:04:05.000Z',
  operations,
};

const golden = `import type { Migration } from '../migration.ts';

/** Add racks * / to "nodes" */
export const addRacksToNodes: Migration = {
  revision: '0123456789ab',
  revises: '0002',
  title: 'Add racks */ to "nodes"',
  created: '2026-01-02T03:04:05.000Z',
  async upgrade({ schema }) {
    await schema.dropForeignKey('nodes', 'fk_a');
    await schema.dropUnique('nodes', 'uq_a');
    await schema.dropIndex('nodes', 'ix_a');
    await schema.dropTable('old');
    await schema.createTable({
      name: 'racks',
      columns: [
        { name: 'id', type: { kind: 'integer' }, nullable: false, autoincrement: true },
        {
          name: 'state',
          type: {
            kind: 'enum',
            name: 'node_state',
            values: [
              'starting',
              'waiting',
              'processing',
              'finished',
              'error',
              'reapplying',
              'enrolling',
              'aborting',
            ],
          },
          nullable: false,
          default: 'finished',
        },
      ],
      primaryKey: { columns: ['id'] },
      indexes: [{ name: 'ix_racks_state', columns: ['state', 'id'] }],
      own: true,
    });
    await schema.addColumn('nodes', {
      name: 'boot_mode',
      type: { kind: 'varchar', length: 16 },
      nullable: true,
      default: 'it\\'s "new"\\n',
    });
    await schema.alterColumn('nodes', {
      name: 'load',
      type: { kind: 'float' },
      nullable: true,
      default: 1e21,
    });
    await schema.dropColumn('nodes', 'gone');
    await schema.addUnique('nodes', { name: 'uq_b', columns: ['b'] });
    await schema.createIndex('nodes', { name: 'ix_b', columns: ['b', 'c'] });
    await schema.addForeignKey('nodes', {
      name: 'fk_nodes_rack',
      columns: ['rack'],
      table: 'racks',
      references: ['id'],
    });
  },
};
`;

/** Fails, with what is not as it should be, where the formatter would change something. */
function checkFormat(texts: readonly string[]): void {
  const folder = temporaryFolder();
  const root = new URL('../../../', import.meta.url).pathname;
  for (const [place, text] of texts.entries()) writeFileSync(join(folder.path, `m${place}.ts`), text);
  const biome = join(root, 'node_modules/.bin/biome');
  const args = ['format', `--config-path=${root}`, '--vcs-enabled=false', folder.path];
  execFileSync(biome, args, { cwd: folder.path, encoding: 'utf8', stdio: 'pipe' });
}

/** Loads a migration and answers the calls that its upgrade makes. */
async function calls(text: string, name: string): Promise<{ migration: Migration; made: unknown[][] }> {
  const { [name]: migration } = await loadMigration<Record<string, Migration>>(text);
  const made: unknown[][] = [];
  const schema = new Proxy({} as SchemaChanger, {
    get:
      (_, method) =>
      async (...values: unknown[]) =>
        void made.push([method, ...values]),
  });
  assert.ok(migration);
  await migration.upgrade({ schema } as Parameters<Migration['upgrade']>[0]);
  return { migration, made };
}

describe('the text of a migration', () => {
  it('has a call for each operation', () => {
    assert.equal(renderMigration(plain), golden);
  });

  it('says what it is, and that nothing is to be done', async () => {
    const text = renderMigration({ ...plain, revises: null, operations: [] });

    const { migration, made } = await calls(text, 'addRacksToNodes');

    assert.match(
      text,
      /upgrade\(\) \{\n    \/\/ The database and the declared tables do not differ\.\n  \},/,
    );
    assert.deepEqual(
      [migration.revision, migration.revises, migration.title, migration.created],
      ['0123456789ab', null, plain.title, plain.created],
    );
    assert.deepEqual(made, []);
    checkFormat([text]);
  });

  it('is formatted as the project is', () => {
    checkFormat([renderMigration(plain)]);
  });

  it('makes the calls with the values of the operations', async () => {
    const { made } = await calls(renderMigration(plain), 'addRacksToNodes');

    assert.deepEqual(made[0], ['dropForeignKey', 'nodes', 'fk_a']);
    assert.deepEqual(made[5], [
      'addColumn',
      'nodes',
      operations[5]?.kind === 'addColumn' && operations[5].column,
    ]);
    assert.deepEqual(
      made.map(([method]) => method),
      operations.map(({ kind }) => kind),
    );
  });

  it('is formatted for values and titles of any length', () => {
    const names = fc.stringMatching(/^[a-z][a-z0-9_]{0,62}$/);
    const texts = fc.string({ unit: 'binary', maxLength: 160 });
    const lists = fc.array(names, { minLength: 1, maxLength: 5 });
    const types: fc.Arbitrary<ColumnType> = fc.oneof(
      fc.constantFrom<ColumnType>({ kind: 'text' }, { kind: 'varchar', length: 255 }),
      fc.record({
        kind: fc.constant('enum' as const),
        name: names,
        values: fc.array(texts, { minLength: 1, maxLength: 9 }),
      }),
    );
    const defaults = fc.oneof(
      texts,
      fc.boolean(),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const column = fc.record(
      { name: names, type: types, nullable: fc.boolean(), default: defaults, autoincrement: fc.boolean() },
      { requiredKeys: ['name', 'type', 'nullable'] },
    );
    const index = fc.record({ name: names, columns: lists });
    const key = fc.record({ name: names, columns: lists, table: names, references: lists });
    const table = fc.record(
      {
        name: names,
        columns: fc.array(column, { minLength: 1, maxLength: 4 }),
        primaryKey: fc.record({ name: names, columns: lists }, { requiredKeys: ['columns'] }),
        uniques: fc.array(index, { maxLength: 2 }),
        indexes: fc.array(index, { maxLength: 2 }),
        foreignKeys: fc.array(key, { maxLength: 2 }),
      },
      { requiredKeys: ['name', 'columns', 'primaryKey'] },
    );
    const operation: fc.Arbitrary<Operation> = fc.oneof(
      fc.record({ kind: fc.constant('createTable' as const), table }),
      fc.record({ kind: fc.constant('addColumn' as const), table: names, column }),
      fc.record({ kind: fc.constant('addForeignKey' as const), table: names, key }),
      fc.record({ kind: fc.constant('createIndex' as const), table: names, index }),
      fc.record({ kind: fc.constant('dropIndex' as const), table: names, name: names }),
    );
    const migrations = fc.sample(
      fc.record({ title: texts, operations: fc.array(operation, { maxLength: 4 }) }),
      { numRuns: 300 },
    );

    const rendered = migrations.map((migration) => renderMigration({ ...plain, ...migration }));

    checkFormat(rendered);
  });

  it('keeps any title, and is a module', async () => {
    const titles = fc.string({ unit: 'binary', maxLength: 60 });

    await fc.assert(
      fc.asyncProperty(titles, async (title) => {
        const { migration } = await calls(renderMigration({ ...plain, title }), migrationName(title));

        assert.equal(migration.title, title);
      }),
      {
        numRuns: 100,
        examples: [
          [''],
          ['*/ process.exit()'],
          ['**//**/'],
          ['`${1}`'],
          ['\\'],
          ['a\r\n\u2028b'],
          ['\ud800'],
        ],
      },
    );
  });
});
