import { InspectorError } from '../errors/inspector-error.ts';
import type { DataKind, DataStore } from '../introspection-data/data-store.ts';
import { textDigest } from '../introspection-data/text-digest.ts';
import type { DataStorePlugin } from '../plugin-api/plugin-kinds.ts';
import { callPlugin, type PluginOwner, partOf } from './plugin-owner.ts';

/** A plug-in's store of introspection data as the service's. */
export function pluggedStore(store: DataStorePlugin, owner: PluginOwner): DataStore {
  const who = partOf(owner, 'data store', store.name);
  const read = async (nodeUuid: string, kind: DataKind): Promise<string | undefined> => {
    const text: unknown = await callPlugin(owner, who, (context) => store.get(nodeUuid, kind, context));
    if (text === undefined || text === null) return undefined;
    if (typeof text === 'string') return text;
    throw new InspectorError('internal', `${who}: expected get to return text, or nothing`);
  };
  return {
    name: store.name,
    keeps: true,
    async save(nodeUuid, kind, text) {
      await callPlugin(owner, who, (context) => store.save(nodeUuid, kind, text, context));
    },
    async get(nodeUuid, kind) {
      const text = await read(nodeUuid, kind);
      if (text !== undefined) return text;
      const processed = kind === 'processed' ? 'True' : 'False';
      throw new InspectorError(
        'not-found',
        `Introspection data not found for node ${nodeUuid}, processed=${processed}`,
      );
    },
    async digest(nodeUuid, kind) {
      const text = await read(nodeUuid, kind);
      return text === undefined ? undefined : textDigest(text);
    },
  };
}
