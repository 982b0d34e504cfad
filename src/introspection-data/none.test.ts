import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noDataStore } from './none.ts';

describe('the store that keeps nothing', () => {
  it('says so', () => {
    const store = noDataStore();

    assert.deepEqual([store.name, store.keeps], ['none', false]);
  });

  it('takes everything and has nothing', async () => {
    const store = noDataStore();

    await store.save('n1', 'processed', '{}');

    assert.equal(await store.digest('n1', 'processed'), undefined);
    await assert.rejects(store.get('n1', 'processed'), {
      name: 'InspectorError',
      kind: 'not-found',
      message:
        'Inspector is not configured to store data. Set the [processing]store_data configuration option to change this.',
    });
  });
});
