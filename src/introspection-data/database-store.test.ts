import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testDatabase } from '../../testing/test-database.ts';
import { databaseDataStore } from './database-store.ts';

async function emptyStore() {
  const database = await testDatabase();
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
      [{ uuid: 'n1', processed: 1, data: '{"new": 1}' }],
    );
  });

  it('keeps one of many that come at once', async () => {
    const { database, store } = await emptyStore();

    await Promise.all(Array.from({ length: 20 }, (_, n) => store.save('n1', 'unprocessed', `{"n": ${n}}`)));

    assert.equal(await store.get('n1', 'unprocessed'), '{"n": 19}');
    assert.equal((await database.query.selectFrom('introspection_data').selectAll().execute()).length, 1);
  });

  it('takes megabytes', async () => {
    const { store } = await emptyStore();
    const text = `{"a": "${'x'.repeat(20 * 1024 * 1024)}"}`;

    await store.save('n1', 'unprocessed', text);

    assert.ok((await store.get('n1', 'unprocessed')) === text);
  });

  it('reads NULL, which the original may have left, as null', async () => {
    const { database, store } = await emptyStore();
    const row = { uuid: 'n1', processed: 1, data: null };
    await database.query.insertInto('introspection_data').values(row).execute();

    assert.equal(await store.get('n1', 'processed'), 'null');
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
