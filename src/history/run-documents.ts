import type { DataKind } from '../introspection-data/data-store.ts';
import { digestOf } from '../json/digest-of.ts';
import { isObject, type JsonObject, type JsonValue } from '../json/json-value.ts';

/** One of the documents of an introspection. */
export interface RunDocument {
  readonly digest: string;
  /** `undefined` for one that only the database has. */
  readonly text: string | undefined;
}

const kinds: readonly DataKind[] = ['unprocessed', 'processed'];

/** The documents of an introspection that is under way, and whether the database has them already. */
export class RunDocuments {
  readonly #documents = new Map<DataKind, RunDocument>();
  readonly #written = new Set<string>();

  /** Those that the database has, as `digests` told. */
  static written(digests: JsonValue | undefined): RunDocuments {
    const documents = new RunDocuments();
    if (!isObject(digests)) return documents;
    for (const kind of kinds) {
      const digest = digests[kind];
      if (typeof digest !== 'string') continue;
      documents.#documents.set(kind, { digest, text: undefined });
      documents.#written.add(digest);
    }
    return documents;
  }

  /** The last document of a kind counts. */
  add(kind: DataKind, text: string, digest = digestOf(text)): void {
    this.#documents.set(kind, { digest, text });
  }

  get(kind: DataKind): RunDocument | undefined {
    return this.#documents.get(kind);
  }

  /** To be remembered with the work on the node. */
  digests(): JsonObject {
    return Object.fromEntries([...this.#documents].map(([kind, { digest }]) => [kind, digest]));
  }

  /** What the database does not have yet, each content once. */
  unwritten(): readonly (RunDocument & { readonly text: string })[] {
    const byDigest = new Map<string, RunDocument & { readonly text: string }>();
    for (const { digest, text } of this.#documents.values()) {
      if (text !== undefined && !this.#written.has(digest)) byDigest.set(digest, { digest, text });
    }
    return [...byDigest.values()];
  }

  /** The database has all of them. */
  markWritten(): void {
    for (const { digest } of this.#documents.values()) this.#written.add(digest);
  }

  /** They could not be kept. */
  clear(): void {
    this.#documents.clear();
  }
}
