import type { Database } from '../database/database.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { DataStore } from './data-store.ts';
import { databaseDataStore } from './database-store.ts';
import { noDataStore } from './none.ts';

/** Every store by the name that `[processing]store_data` knows it by. */
export const dataStoreBuiltIns: ReadonlyMap<string, (database: Database) => DataStore> = new Map([
  ['none', noDataStore],
  ['database', databaseDataStore],
]);

/** @throws InspectorError `invalid` naming the stores there are; the original finds a typo at the first callback. */
export function dataStoreNamed(name: string, database: Database): DataStore {
  const make = dataStoreBuiltIns.get(name);
  if (make !== undefined) return make(database);
  throw new InspectorError(
    'invalid',
    `[processing]store_data: expected one of ${[...dataStoreBuiltIns.keys()].join(', ')}, got "${name}"`,
  );
}
