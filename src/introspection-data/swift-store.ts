import type { SwiftClient } from '../swift/swift-client.ts';
import type { DataKind, DataStore } from './data-store.ts';

/** Keeps both documents as objects in Swift: `[processing]store_data = swift`. */
export function swiftDataStore(swift: SwiftClient): DataStore {
  return {
    name: 'swift',
    keeps: true,
    save: (nodeUuid, kind, text) => swift.put(objectName(nodeUuid, kind), text),
    get: (nodeUuid, kind) => swift.get(objectName(nodeUuid, kind)),
    digest: async (nodeUuid, kind) => (await swift.head(objectName(nodeUuid, kind)))?.md5,
    loggingTo: (log) => swiftDataStore(swift.loggingTo(log)),
    close: () => swift.close(),
  };
}

/** The original's names, so that what it stored is found. */
export function objectName(nodeUuid: string, kind: DataKind): string {
  return `inspector_data-${nodeUuid}${kind === 'unprocessed' ? '-UNPROCESSED' : ''}`;
}
