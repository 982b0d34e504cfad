import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forEachEngine } from '../../testing/database-engines.ts';
import { nodeRecord } from '../../testing/node-record-builder.ts';
import type { NodesTable } from '../database/tables.ts';
import { overwriteNode, recordOf, requireUnchanged, stateOf } from './node-rows.ts';

const conflict = {
  kind: 'conflict',
  message: 'Node state mismatch detected between the DB and the cached node_info object',
};

forEachEngine('node rows', (engine) => {
  async function databaseWith(row: Partial<NodesTable>) {
    const database = await engine.testDatabase();
    const yes = database.dialect.encodeBoolean(true);
    const unset = { error: null, started_at: null, finished_at: null, manage_boot: yes, version_id: '' };
    await database.query
      .insertInto('nodes')
      .values({ ...unset, uuid: nodeRecord().uuid, state: 'waiting', ...row })
      .execute();
    const read = async () => {
      const stored = await database.query.selectFrom('nodes').selectAll().executeTakeFirstOrThrow();
      return { stored, record: recordOf(stored, database.dialect) };
    };
    return { database, read };
  }

  describe('a row of the node cache', () => {
    it('comes back as the record that was written over it', async () => {
      const { database, read } = await databaseWith({});
      const before = nodeRecord({ versionId: '' });
      const record = nodeRecord({
        state: 'error',
        startedAt: engine.kept('2026-11-22T13:36:35.123000'),
        finishedAt: engine.kept('2026-11-22T13:40:00.000001'),
        error: 'text',
        versionId: 'next',
      });

      await overwriteNode(database, database.query, before, record);

      assert.deepEqual((await read()).record, record);
    });

    it('may have neither start nor end', async () => {
      const { database, read } = await databaseWith({ started_at: '2026-11-22 13:36:35.123000' });
      const record = nodeRecord({ startedAt: null, versionId: 'next' });

      await overwriteNode(database, database.query, nodeRecord({ versionId: '' }), record);

      const { stored, record: found } = await read();
      assert.deepEqual([stored.started_at, stored.finished_at], [null, null]);
      assert.deepEqual(found, record);
    });

    it('says in its manage_boot once and for all who boots the machine', async () => {
      const { database, read } = await databaseWith({
        manage_boot: engine.name === 'postgresql' ? false : 0,
      });
      const changed = nodeRecord({ manageBoot: true, versionId: 'next' });

      await overwriteNode(database, database.query, nodeRecord({ versionId: '' }), changed);

      assert.equal((await read()).record.manageBoot, false);
    });

    for (const version_id of ['', null]) {
      it(`of version ${JSON.stringify(version_id)} is unchanged for who read no version`, async () => {
        const { database } = await databaseWith({ version_id });

        await requireUnchanged(database.query, nodeRecord({ versionId: '' }));
        await assert.rejects(requireUnchanged(database.query, nodeRecord({ versionId: 'read' })), conflict);
      });
    }

    it('is not written over by who read another version of it', async () => {
      const { database, read } = await databaseWith({ version_id: 'newer' });
      const older = nodeRecord({ versionId: 'older' });

      await assert.rejects(
        overwriteNode(database, database.query, older, nodeRecord({ state: 'error' })),
        conflict,
      );
      await assert.rejects(requireUnchanged(database.query, older), conflict);

      assert.equal((await read()).record.state, 'waiting');
    });
  });

  describe('stateOf', () => {
    for (const state of ['sleeping', '', 'Waiting', 'constructor']) {
      it(`refuses '${state}' with the original's sentence`, () => {
        assert.throws(() => stateOf({ uuid: 'u', state }), {
          name: 'InspectorError',
          kind: 'internal',
          message: `Can not start from a undefined state '${state}' (node u)`,
        });
      });
    }
  });
});
