import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openTestDatabase, testDatabase } from '../../../testing/test-database.ts';
import { nodeUuids } from './node-uuid-store.ts';

async function databaseWith(count: number) {
  const database = await testDatabase();
  for (let n = 0; n < count; n++) {
    const row = {
      uuid: `n${String(n).padStart(3, '0')}`,
      version_id: null,
      state: 'finished',
      started_at: null,
      finished_at: null,
      error: null,
      manage_boot: null,
    } as const;
    await database.query.insertInto('nodes').values(row).execute();
  }
  return database;
}

async function collected(uuids: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const uuid of uuids) all.push(uuid);
  return all;
}

describe('nodeUuids', () => {
  for (const count of [0, 1, 9, 10, 11, 25]) {
    it(`gives each of ${count} nodes once, ten at a time`, async () => {
      const nodes = nodeUuids(await databaseWith(count));

      const all = await collected(nodes.all(10));

      assert.equal(await nodes.count(), count);
      assert.equal(new Set(all).size, count);
      assert.equal(all.length, count);
    });
  }

  it('says what to do about a database without tables', async () => {
    const nodes = nodeUuids(await openTestDatabase('sqlite://'));
    const expected = {
      name: 'InspectorError',
      kind: 'unavailable',
      message: /^Cannot read the nodes in the database .*: .*no such table.*ironic-inspector-dbsync upgrade/,
    };

    await assert.rejects(nodes.count(), expected);
    await assert.rejects(collected(nodes.all()), expected);
  });
});
