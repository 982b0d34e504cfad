import { InspectorError } from '../errors/inspector-error.ts';
import type { DataStore } from './data-store.ts';

/** Keeps nothing: `[processing]store_data = none`. */
export function noDataStore(): DataStore {
  return {
    name: 'none',
    keeps: false,
    async save() {},
    async digest() {
      return undefined;
    },
    async get() {
      throw new InspectorError(
        'not-found',
        'Inspector is not configured to store data. Set the [processing]store_data configuration option to change this.',
      );
    },
  };
}
