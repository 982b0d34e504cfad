/** Remembers what was made of a text, up to a number of texts; those that were not used for longest go first. */
export class BoundedCache<T> {
  readonly #most: number;
  readonly #entries = new Map<string, T>();

  constructor(most: number) {
    this.#most = most;
  }

  /** What `make` made of the text, now or before. What it throws is not remembered. */
  get(text: string, make: (text: string) => T): T {
    const known = this.#entries.get(text);
    const value = known ?? make(text);
    if (known !== undefined) this.#entries.delete(text);
    this.#entries.set(text, value);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#most && oldest !== undefined) this.#entries.delete(oldest);
    return value;
  }
}
