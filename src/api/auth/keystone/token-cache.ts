import { createHash } from 'node:crypto';
import type { TokenDocument } from './token-document.ts';

/** Good tokens, for a while. Tokens themselves are not kept, only their digests. */
export class TokenCache {
  readonly #lifetime: number;
  readonly #mostEntries: number;
  readonly #now: () => Date;
  readonly #entries = new Map<string, { readonly token: TokenDocument; readonly until: number }>();

  /** @param seconds for which an entry is good; none is kept when it is not above 0 */
  constructor(seconds: number, now: () => Date, mostEntries = 10_000) {
    this.#lifetime = seconds * 1000;
    this.#now = now;
    this.#mostEntries = mostEntries;
  }

  get(key: string): TokenDocument | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.until > this.#now().getTime()) return entry.token;
    this.#entries.delete(key);
    return undefined;
  }

  /** The entry that has been there longest makes room. */
  set(key: string, token: TokenDocument): void {
    if (this.#lifetime <= 0) return;
    this.#entries.delete(key);
    if (this.#entries.size >= this.#mostEntries) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    this.#entries.set(key, { token, until: this.#now().getTime() + this.#lifetime });
  }
}

/** Under which a token is kept. */
export function tokenKey(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
