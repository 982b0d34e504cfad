import { InspectorError, messageOf } from '../../errors/inspector-error.ts';
import type { DataStore } from '../../introspection-data/data-store.ts';
import { textDigest } from '../../introspection-data/text-digest.ts';
import { hasContent } from './document-check.ts';
import { type DataRecord, recordName } from './record.ts';

/** What became of a record. */
export type Outcome =
  | { readonly kind: 'copied' | 'present' | 'no content' }
  /** `isUnreachable`: a store does not answer, and the next record will hardly fare better. */
  | { readonly kind: 'failed'; readonly reason: string; readonly isUnreachable: boolean };

/** Where records are read from, and where they are written to. */
export interface Stores {
  readonly source: DataStore;
  readonly target: DataStore;
}

/**
 * Copies one record, byte for byte; never throws. Doing it again does no harm: what the target holds already is not
 * written again. A record that only the target has was copied by somebody before, as in the original.
 */
export async function migrateRecord({ source, target }: Stores, record: DataRecord): Promise<Outcome> {
  const { uuid, kind } = record;
  try {
    const text = await textIn(source, record);
    if (text === undefined) {
      if ((await target.digest(uuid, kind)) !== undefined) return { kind: 'present' };
      return failed(
        new InspectorError('not-found', `the ${source.name} store has no data of ${recordName(record)}`),
      );
    }
    if (!hasContent(text)) return { kind: 'no content' };
    return await copy(target, record, text);
  } catch (error) {
    return failed(error);
  }
}

/** The same bytes are recognised by their digest, so that a second run reads, and writes nothing. */
async function copy(target: DataStore, { uuid, kind }: DataRecord, text: string): Promise<Outcome> {
  const digest = textDigest(text);
  if ((await target.digest(uuid, kind)) === digest) return { kind: 'present' };
  try {
    await target.save(uuid, kind, text);
    return { kind: 'copied' };
  } catch (error) {
    // The answer may have been lost behind the data.
    const now = await target.digest(uuid, kind).catch(() => undefined);
    return now === digest ? { kind: 'copied' } : failed(error);
  }
}

/** `undefined` when the store has none. */
async function textIn(store: DataStore, { uuid, kind }: DataRecord): Promise<string | undefined> {
  try {
    return await store.get(uuid, kind);
  } catch (error) {
    if (error instanceof InspectorError && error.kind === 'not-found') return undefined;
    throw error;
  }
}

function failed(error: unknown): Outcome {
  const isUnreachable =
    error instanceof InspectorError && (error.kind === 'unavailable' || error.kind === 'forbidden');
  return { kind: 'failed', reason: messageOf(error), isUnreachable };
}
