// Shows these lines of docs/compatibility.md: store-data-unknown.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { swiftInMemory } from '../../testing/swift-in-memory.ts';
import { testDatabase } from '../../testing/test-database.ts';
import { defaultsOf } from '../config/option.ts';
import { dataStoreBuiltIns, dataStoreNamed } from './built-ins.ts';
import { dataStoreOptions } from './data-store-options.ts';

describe('dataStoreNamed', () => {
  it('gives the store of that name', async () => {
    const parts = { database: await testDatabase(), openSwift: swiftInMemory };

    for (const name of dataStoreBuiltIns.keys()) assert.equal(dataStoreNamed(name, parts).name, name);
  });

  for (const name of ['Swift', 'None', '', 'constructor', '__proto__']) {
    it(`refuses '${name}' at start-up, naming the stores there are`, async () => {
      const parts = { database: await testDatabase(), openSwift: swiftInMemory };

      assert.throws(() => dataStoreNamed(name, parts), {
        name: 'InspectorError',
        kind: 'invalid',
        message: `[processing]store_data: expected one of none, database, swift, got "${name}"`,
      });
    });
  }
});

describe('the option store_data', () => {
  it('has the default of the original', () => {
    assert.deepEqual(defaultsOf(dataStoreOptions), { store_data: 'none' });
  });
});
