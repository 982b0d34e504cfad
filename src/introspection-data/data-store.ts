/** Which of the two kept documents: as received, or as the hooks left it. */
export type DataKind = 'processed' | 'unprocessed';

/** Keeps what ramdisks sent. Named in `[processing]store_data`. */
export interface DataStore {
  readonly name: string;
  /** False: `save` keeps nothing. */
  readonly keeps: boolean;
  /** JSON text in the original's form; replaces what was there. */
  save(nodeUuid: string, kind: DataKind, text: string): Promise<void>;
  /**
   * The text that was saved, byte for byte.
   *
   * @throws InspectorError `not-found` when there is none, or when the store keeps nothing.
   */
  get(nodeUuid: string, kind: DataKind): Promise<string>;
  /** MD5 of the text as UTF-8, in hexadecimal, got as cheaply as the store can; `undefined` when there is none. */
  digest(nodeUuid: string, kind: DataKind): Promise<string | undefined>;
  /** Lets go of connections of its own. The store is not used afterwards. */
  close?(): Promise<void>;
}
