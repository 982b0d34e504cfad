import type { Logger } from '../logging/logger.ts';
import type { Token } from './token.ts';

/** Milliseconds before its end at which a token is replaced, as keystoneauth does. */
const margin = 120_000;

/** Keeps a token for as long as it is good, and has one request for a new one at a time. */
export class TokenSource {
  readonly #request: (log?: Logger) => Promise<Token>;
  readonly #now: () => Date;
  #token: Token | undefined;
  #pending: Promise<Token> | undefined;

  constructor(request: (log?: Logger) => Promise<Token>, now: () => Date) {
    this.#request = request;
    this.#now = now;
  }

  /**
   * @param log Of whoever needs the token, for messages about a request for it.
   * @throws whatever the request for a token throws; the next call tries again.
   */
  async get(log?: Logger): Promise<Token> {
    const token = this.#token;
    if (token !== undefined && token.expiresAt - margin > this.#now().getTime()) return token;
    this.#pending ??= this.#request(log)
      .then((fresh) => (this.#token = fresh))
      .finally(() => (this.#pending = undefined));
    return this.#pending;
  }

  /** The token was refused. Nothing happens when another one has taken its place already. */
  discard(token: Token): void {
    if (this.#token === token) this.#token = undefined;
  }
}
