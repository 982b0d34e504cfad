import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { openTestDatabase } from '../../../../testing/test-database.ts';
import type { MigrationQueries } from '../migration.ts';
import { countRows, inNodeChunks } from './node-chunks.ts';

async function withNodes(...uuids: string[]): Promise<MigrationQueries> {
  const query = (await openTestDatabase('sqlite://')).query as unknown as MigrationQueries;
  await sql`CREATE TABLE nodes (uuid TEXT PRIMARY KEY)`.execute(query);
  for (const uuid of uuids) await query.insertInto('nodes').values({ uuid }).execute();
  return query;
}

describe('inNodeChunks', () => {
  for (const [nodes, chunks] of [
    [[], [[]]],
    [['a'], [['a']]],
    [
      ['b', 'a'],
      [['a', 'b'], []],
    ],
    [
      ['a', 'b', 'c', 'd', 'e'],
      [['a', 'b'], ['c', 'd'], ['e']],
    ],
  ] as const) {
    it(`has every one of ${nodes.length} nodes in one part`, async () => {
      const query = await withNodes(...nodes);
      const parts: unknown[][] = [];

      await inNodeChunks(
        query,
        async (inChunk) => {
          const rows = query.selectFrom('nodes').select('uuid').where(inChunk('uuid')).orderBy('uuid');
          parts.push((await rows.execute()).map(({ uuid }) => uuid));
        },
        2,
      );

      assert.deepEqual(parts, chunks);
      assert.equal(await countRows(query, 'nodes'), nodes.length);
    });
  }
});
