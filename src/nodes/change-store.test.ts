import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forEachEngine } from '../../testing/database-engines.ts';
import { writtenAlongside } from '../../testing/written-alongside.ts';
import { ChangeStore } from './change-store.ts';
import type { Change } from './plan.ts';

const changes: Change[] = [
  { by: 'hook scheduler', on: 'node', path: '/properties/cpus', from: undefined, to: '8' },
  { by: 'rule r1', on: 'port 52:54:00:00:00:01', path: '/extra/a', from: { b: [1, null] }, to: undefined },
];

forEachEngine('ChangeStore', (engine) => {
  describe('ChangeStore', () => {
    it('gives back what was saved; what was nothing has no key', async () => {
      const database = await engine.testDatabase();
      const store = new ChangeStore(database);

      await writtenAlongside(database, { uuid: 'n1' }, store.writing(changes));

      assert.deepEqual(await store.get('n1'), [
        { by: 'hook scheduler', on: 'node', path: '/properties/cpus', to: '8' },
        { by: 'rule r1', on: 'port 52:54:00:00:00:01', path: '/extra/a', from: { b: [1, null] } },
      ]);
    });

    it('replaces what there was, for that node only', async () => {
      const database = await engine.testDatabase();
      const store = new ChangeStore(database);
      await writtenAlongside(database, { uuid: 'n1' }, store.writing(changes));
      await writtenAlongside(database, { uuid: 'n2' }, store.writing(changes));

      await writtenAlongside(database, { uuid: 'n1' }, store.writing([]));

      assert.deepEqual(await store.get('n1'), []);
      assert.equal((await store.get('n2')).length, 2);
    });

    it('has nothing for a node without a run', async () => {
      const database = await engine.testDatabase();

      await assert.rejects(new ChangeStore(database).get('n1'), {
        name: 'InspectorError',
        kind: 'not-found',
        message: 'No changes are recorded for node n1',
      });
    });
  });
});
