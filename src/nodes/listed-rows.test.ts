// Shows these lines of docs/compatibility.md: missing-start-listed.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forEachEngine } from '../../testing/database-engines.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import type { ListQuery } from './node-list.ts';
import { NodeStore } from './node-store.ts';

type Row = { uuid: string; started: string | null; state?: string };

forEachEngine('listed rows', (engine) => {
  /** The UUIDs of a page, of a database with these rows. */
  async function listing(rows: Row[]) {
    const database = await engine.testDatabase();
    const unset = { version_id: '', finished_at: null, error: null, manage_boot: null };
    for (const { uuid, started, state = 'finished' } of rows) {
      await database.query
        .insertInto('nodes')
        .values({ ...unset, uuid, state, started_at: started })
        .execute();
    }
    const store = new NodeStore(database, settableClock());
    return async (query: Partial<ListQuery> = {}) => {
      const records = await store.list({ limit: 1000, ...query });
      return records.map(({ uuid }) => uuid).join('');
    };
  }

  const at = (seconds: number, fraction = '000000') => `2026-11-22 13:36:0${seconds}.${fraction}`;

  describe('the list of introspections', () => {
    it('is empty when there are none', async () => {
      const list = await listing([]);

      assert.equal(await list(), '');
    });

    it('has the newest start first, to the microsecond', async () => {
      const list = await listing([
        { uuid: 'a', started: at(1) },
        { uuid: 'b', started: at(3, '000002') },
        { uuid: 'c', started: at(3, '000010') },
        { uuid: 'd', started: at(2) },
      ]);

      assert.equal(await list(), 'cbda');
    });

    it('has ties by UUID, descending', async () => {
      const list = await listing(['b', 'd', 'a', 'c'].map((uuid) => ({ uuid, started: at(1) })));

      assert.equal(await list(), 'dcba');
    });

    it('has rows without a start last', async () => {
      const list = await listing([
        { uuid: 'a', started: null },
        { uuid: 'b', started: at(1) },
        { uuid: 'c', started: null },
      ]);

      assert.equal(await list(), 'bca');
    });

    it('goes on after the marker, page by page, with nothing twice and nothing left out', async () => {
      const list = await listing([
        { uuid: 'a', started: at(2) },
        { uuid: 'b', started: at(1) },
        { uuid: 'c', started: at(1) },
        { uuid: 'd', started: at(1) },
        { uuid: 'e', started: at(3) },
        { uuid: 'f', started: null },
        { uuid: 'g', started: null },
      ]);
      const whole = await list();

      for (const limit of [1, 2, 3, 7]) {
        let pages = await list({ limit });
        for (;;) {
          const page = await list({ limit, marker: pages.at(-1) ?? '' });
          assert.ok(page.length <= limit);
          if (page === '') break;
          pages += page;
        }
        assert.equal(pages, whole, `pages of ${limit}`);
      }
    });

    it('knows no marker that is no node', async () => {
      const list = await listing([{ uuid: 'a', started: at(1) }]);

      await assert.rejects(list({ marker: 'z' }), {
        name: 'InspectorError',
        kind: 'not-found',
        message: 'The requested node was not found.',
      });
    });

    it('is limited', async () => {
      const list = await listing(['a', 'b', 'c'].map((uuid) => ({ uuid, started: at(1) })));

      assert.equal(await list({ limit: 2 }), 'cb');
      assert.equal(await list({ limit: 0 }), '');
    });

    it('may be of some states, and its marker of any', async () => {
      const list = await listing([
        { uuid: 'a', started: at(4), state: 'error' },
        { uuid: 'b', started: at(3), state: 'waiting' },
        { uuid: 'c', started: at(2), state: 'finished' },
        { uuid: 'd', started: at(1), state: 'error' },
      ]);

      assert.equal(await list({ states: ['error'] }), 'ad');
      assert.equal(await list({ states: ['finished', 'waiting'] }), 'bc');
      assert.equal(await list({ states: ['error', 'error'], marker: 'b' }), 'd');
      assert.equal(await list({ states: [] }), '');
      assert.equal(await list({ states: ['starting'] }), '');
    });

    it('gives whole records', async () => {
      const database = await engine.testDatabase();
      const store = new NodeStore(database, settableClock());
      const record = await store.start('a', { manageBoot: false });

      assert.deepEqual(await store.list({ limit: 1 }), [record]);
    });
  });
});
