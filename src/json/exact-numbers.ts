/**
 * Remembers how numbers were written where a JavaScript number would write them differently (`1.0`,
 * `18446744073709551615`, `1e3`), so that a document is given back as it came. Code that reads the
 * document sees plain numbers; a member that has been changed is written as its new value.
 */
export class ExactNumbers {
  readonly #numerals = new WeakMap<object, Map<string, string>>();
  #isEmpty = true;

  /** Nothing has been remembered. */
  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  remember(container: object, key: string, numeral: string): void {
    this.#isEmpty = false;
    const known = this.#numerals.get(container);
    if (known === undefined) this.#numerals.set(container, new Map([[key, numeral]]));
    else known.set(key, numeral);
  }

  /** A shallow copy of a container is written like the container. */
  follow(container: object, copy: object): void {
    const known = this.#numerals.get(container);
    if (known !== undefined) this.#numerals.set(copy, known);
  }

  /** The numeral as it was written, as long as the member still has that value. */
  numeralOf(container: object, key: string, value: number): string | undefined {
    const numeral = this.#numerals.get(container)?.get(key);
    return numeral !== undefined && Number(numeral) === value ? numeral : undefined;
  }
}
