import type { Queries } from '../database/database.ts';
import type { Logger } from '../logging/logger.ts';

/** Which of the two kept documents: as received, or as the hooks left it. */
export type DataKind = 'processed' | 'unprocessed';

/** A document of a node. */
export interface SavedData {
  readonly nodeUuid: string;
  readonly kind: DataKind;
  readonly text: string;
}

/** Keeps what ramdisks sent. Named in `[processing]store_data`. */
export interface DataStore {
  readonly name: string;
  /** False: `save` keeps nothing. */
  readonly keeps: boolean;
  /** JSON text in the original's form; replaces what was there. */
  save(nodeUuid: string, kind: DataKind, text: string): Promise<void>;
  /**
   * The same in a transaction that writes the node's record, and may run again. With `isFirst` it fails where there is
   * something to replace. Absent where data is kept elsewhere than in the service's database.
   */
  readonly saveWithin?: (
    transaction: Queries,
    saved: SavedData & { readonly isFirst: boolean },
  ) => Promise<void>;
  /**
   * The text that was saved, byte for byte.
   *
   * @throws InspectorError `not-found` when there is none, or when the store keeps nothing.
   */
  get(nodeUuid: string, kind: DataKind): Promise<string>;
  /** MD5 of the text as UTF-8, in hexadecimal, got as cheaply as the store can; `undefined` when there is none. */
  digest(nodeUuid: string, kind: DataKind): Promise<string | undefined>;
  /** The same store, whose messages go to the log of whoever works on the node. Absent where a store has none. */
  loggingTo?(log: Logger): DataStore;
  /** Lets go of connections of its own. The store is not used afterwards. */
  close?(): Promise<void>;
}
