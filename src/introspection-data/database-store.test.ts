import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forEachEngine } from '../../testing/database-engines.ts';
import { databaseDataStore } from './database-store.ts';

/** Servers keep data of known nodes only. */
const unsetNode = {
  state: 'finished',
  version_id: '',
  started_at: null,
  finished_at: null,
  error: null,
  manage_boot: null,
};

forEachEngine('database store', (engine) => {
  async function emptyStore() {
    const database = await engine.testDatabase();
    for (const uuid of ['n1', 'n2']) {
      await database.query
        .insertInto('nodes')
        .values({ ...unsetNode, uuid })
        .execute();
    }
    return { database, store: databaseDataStore(database) };
  }

  describe('the database store', () => {
    it('says that it keeps data', async () => {
      const { store } = await emptyStore();

      assert.deepEqual([store.name, store.keeps], ['database', true]);
    });

    it('gives the text back byte for byte, each kind by itself', async () => {
      const { store } = await emptyStore();
      const text = '{"b": 1.0, "a": "\\u00e9 \\ud83d\\ude00",  "n": 12345678901234567890}';

      await store.save('n1', 'processed', text);
      await store.save('n1', 'unprocessed', '{}');
      await store.save('n2', 'processed', '[]');

      assert.equal(await store.get('n1', 'processed'), text);
      assert.equal(await store.get('n1', 'unprocessed'), '{}');
      assert.equal(await store.get('n2', 'processed'), '[]');
    });

    it('replaces what was there, in one row', async () => {
      const { database, store } = await emptyStore();

      await store.save('n1', 'processed', '{"old": 1}');
      await store.save('n1', 'processed', '{"new": 1}');

      const rows = await database.query.selectFrom('introspection_data').selectAll().execute();
      assert.deepEqual(
        rows.map((row) => ({ ...row })),
        [{ uuid: 'n1', processed: database.dialect.encodeBoolean(true), data: '{"new": 1}' }],
      );
    });

    it('keeps one of many that come at once', async () => {
      const { database, store } = await emptyStore();

      await Promise.all(Array.from({ length: 20 }, (_, n) => store.save('n1', 'unprocessed', `{"n": ${n}}`)));

      // Writers of one connection queue; on servers there is no order.
      const kept = await store.get('n1', 'unprocessed');
      assert.match(kept, engine.name === 'sqlite' ? /^{"n": 19}$/ : /^{"n": \d+}$/);
      assert.equal((await database.query.selectFrom('introspection_data').selectAll().execute()).length, 1);
    });

    it('takes megabytes', async () => {
      const { store } = await emptyStore();
      // MariaDB takes no statement of more than 16 MiB unless max_allowed_packet says so.
      const megabytes = engine.name === 'mysql' ? 12 : 20;
      const text = `{"a": "${'x'.repeat(megabytes * 1024 * 1024)}"}`;

      await store.save('n1', 'unprocessed', text);

      assert.ok((await store.get('n1', 'unprocessed')) === text);
    });

    it('reads NULL, which the original may have left, as null', async () => {
      const { database, store } = await emptyStore();
      const row = { uuid: 'n1', processed: database.dialect.encodeBoolean(true), data: null };
      await database.query.insertInto('introspection_data').values(row).execute();

      assert.equal(await store.get('n1', 'processed'), 'null');
    });

    it('knows the digest of what it has', async () => {
      const { store } = await emptyStore();
      await store.save('n1', 'processed', '{}');

      assert.equal(await store.digest('n1', 'processed'), '99914b932bd37a50b983c5e7c90ae93b');
      assert.equal(await store.digest('n1', 'unprocessed'), undefined);
    });

    it("says what there is not, in the original's notation", async () => {
      const { store } = await emptyStore();
      await store.save('n1', 'processed', '{}');

      await assert.rejects(store.get('n1', 'unprocessed'), {
        name: 'InspectorError',
        kind: 'not-found',
        message: 'Introspection data not found for node n1, processed=False',
      });
      await assert.rejects(store.get('n2', 'processed'), {
        message: 'Introspection data not found for node n2, processed=True',
      });
    });
  });
});
