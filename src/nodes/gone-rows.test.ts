import assert from 'node:assert/strict';
import { it } from 'node:test';
import { forEachEngine } from '../../testing/database-engines.ts';
import { numberedUuid } from '../../testing/numbered-uuid.ts';
import { statementChunks } from '../database/statement-chunks.ts';
import { nodeUuids } from './gone-rows.ts';

forEachEngine('the UUIDs of all nodes', (engine) => {
  for (const nodes of [0, 1, 1000, 1001]) {
    it(`are ${nodes} of ${nodes}`, async () => {
      const { query } = await engine.testDatabase();
      const uuids = Array.from({ length: nodes }, (_, number) => numberedUuid(number));
      for (const chunk of statementChunks(uuids)) {
        const rows = chunk.map((uuid) => ({ uuid, state: 'finished' as const }));
        await query.insertInto('nodes').values(rows).execute();
      }

      const found = await nodeUuids(query);

      assert.deepEqual(found, uuids);
    });
  }
});
