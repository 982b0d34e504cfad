import type { Alongside } from './node-store.ts';

/**
 * What a run has found out and the database does not have yet: it goes with the next change of the node's record, so
 * that a callback takes few transactions.
 */
export class Unwritten {
  readonly #writes = new Map<string, Alongside>();
  /** Whether the introspection has not been processed before, so that there is hardly anything to replace. */
  readonly isFirst: boolean;

  constructor({ isFirst = false }: { readonly isFirst?: boolean } = {}) {
    this.isFirst = isFirst;
  }

  /** Of one name, the last counts. */
  add(name: string, write: Alongside): void {
    this.#writes.set(name, write);
  }

  /** Writes all of it in a transaction, which may run again, or fail. */
  readonly write: Alongside = async (transaction, record, isFirst) => {
    for (const write of this.#writes.values()) await write(transaction, record, isFirst);
  };

  get isEmpty(): boolean {
    return this.#writes.size === 0;
  }

  /** It has been written, or cannot be. */
  clear(): void {
    this.#writes.clear();
  }
}
