import { ExpressionError } from './expression-error.ts';

/** Walks through an expression, a character (code point) at a time. */
export class ExpressionReader {
  readonly #characters: readonly string[];
  #at = 0;

  constructor(expression: string) {
    this.#characters = Array.from(expression);
  }

  /** Characters before the next one. */
  get position(): number {
    return this.#at;
  }

  /** The next character; empty at the end. */
  get next(): string {
    return this.#characters[this.#at] ?? '';
  }

  /** The next character, which is passed over; empty at the end. */
  take(): string {
    const character = this.next;
    if (character !== '') this.#at += 1;
    return character;
  }

  /** Passes over a text when it comes next. */
  skip(text: string): boolean {
    const wanted = Array.from(text);
    if (!wanted.every((character, index) => this.#characters[this.#at + index] === character)) return false;
    this.#at += wanted.length;
    return true;
  }

  /** Goes back to where it has been. */
  return(position: number): void {
    this.#at = position;
  }

  /** The characters up to `end`, which is passed over; `undefined` when it does not come. */
  takeUntil(end: string): string | undefined {
    const at = this.#characters.indexOf(end, this.#at);
    if (at < 0) return undefined;
    const text = this.#characters.slice(this.#at, at).join('');
    this.#at = at + 1;
    return text;
  }

  /** At most so many characters that a pattern of one character takes. */
  takeWhile(accepts: RegExp, most: number): string {
    let text = '';
    while (text.length < most && this.next !== '' && accepts.test(this.next)) text += this.take();
    return text;
  }

  /** An error in the words of Python. */
  failure(reason: string, position = this.#at): ExpressionError {
    return new ExpressionError(`${reason} at position ${position}`);
  }
}
