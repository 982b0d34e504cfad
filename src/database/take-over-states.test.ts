import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordedStatements } from '../../testing/recorded-statements.ts';
import { nodeStates } from './schema/reference-tables.ts';
import { addedStates } from './take-over-states.ts';

const quoted = (states: readonly string[]) => states.map((state) => `'${state}'`).join(', ');
const some = nodeStates.filter((state) => state !== 'aborting' && state !== 'error');

describe('addedStates', () => {
  it('adds values to the type of the column on PostgreSQL, each on its own', async () => {
    const { query, statements } = recordedStatements('postgresql', {
      typtype: [{ table: 'nodes', column: 'state', type: 'node_state', default: null }],
      pg_enum: some.map((value) => ({ value })),
    });

    assert.deepEqual(await addedStates(query, { name: 'postgresql' }), ['error', 'aborting']);

    assert.deepEqual(statements, [
      `ALTER TYPE "node_state" ADD VALUE IF NOT EXISTS 'error'`,
      `ALTER TYPE "node_state" ADD VALUE IF NOT EXISTS 'aborting'`,
    ]);
  });

  for (const [nullable, rest] of [
    ['NO', "NOT NULL DEFAULT 'finished'"],
    ['YES', ''],
  ] as const) {
    it(`appends values on MySQL, where the column is nullable: ${nullable}`, async () => {
      const { query, statements } = recordedStatements('mysql', {
        column_type: [{ name: 'state', type: `enum(${quoted(some)})` }],
        is_nullable: [{ nullable }],
      });

      assert.deepEqual(await addedStates(query, { name: 'mysql' }), ['error', 'aborting']);

      const all = quoted([...some, 'error', 'aborting']);
      assert.deepEqual(statements, [`ALTER TABLE nodes MODIFY COLUMN state ENUM(${all}) ${rest}`]);
    });
  }

  it('leaves alone types that have all, and columns of free text', async () => {
    const complete = recordedStatements('mysql', {
      column_type: [{ name: 'state', type: `enum(${quoted(nodeStates)})` }],
    });
    const free = recordedStatements('mysql', { column_type: [{ name: 'state', type: 'varchar(10)' }] });

    assert.deepEqual(await addedStates(complete.query, { name: 'mysql' }), []);
    assert.deepEqual(await addedStates(free.query, { name: 'mysql' }), []);
    assert.deepEqual(await addedStates(free.query, { name: 'sqlite' }), []);
    assert.deepEqual([...complete.statements, ...free.statements], []);
  });
});
