import type { Database } from '../database/database.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { SwiftClient } from '../swift/swift-client.ts';
import type { DataStore } from './data-store.ts';
import { databaseDataStore } from './database-store.ts';
import { noDataStore } from './none.ts';
import { swiftDataStore } from './swift-store.ts';

/** What stores keep data in. */
export interface DataStoreParts {
  readonly database: Database;
  /** Called only for the store that needs it. @throws InspectorError `invalid` for wrong settings */
  readonly openSwift: () => SwiftClient;
}

/** Every store by the name that `[processing]store_data` knows it by. */
export const dataStoreBuiltIns: ReadonlyMap<string, (parts: DataStoreParts) => DataStore> = new Map([
  ['none', noDataStore],
  ['database', ({ database }: DataStoreParts) => databaseDataStore(database)],
  ['swift', ({ openSwift }: DataStoreParts) => swiftDataStore(openSwift())],
]);

/**
 * @param more Those of plug-ins.
 * @throws InspectorError `invalid` naming the stores there are; the original finds a typo at the first callback.
 */
export function dataStoreNamed(
  name: string,
  parts: DataStoreParts,
  more: ReadonlyMap<string, () => DataStore> = new Map(),
): DataStore {
  const make = dataStoreBuiltIns.get(name) ?? more.get(name);
  if (make !== undefined) return make(parts);
  throw new InspectorError(
    'invalid',
    `[processing]store_data: expected one of ${[...dataStoreBuiltIns.keys(), ...more.keys()].join(', ')}, got "${name}"`,
  );
}
