/** Something that reads what nobody vouches for, as a fuzzer calls it. */
export interface FuzzTarget {
  /** In kebab-case; its corpus is `tests/inputs/corpus/<name>.json`. */
  readonly name: string;
  /** Words of the input's language, which a fuzzer would take long to come upon. */
  readonly words: readonly string[];
  /** Inputs to begin with, each of which reaches a good part of the code. */
  readonly seeds: readonly string[];
  /**
   * Reads the input, one character an octet, and checks what comes out of it.
   *
   * @throws InspectorError `invalid` for an input that is refused, which is fine; anything else is a fault.
   */
  run(input: Buffer): void | Promise<void>;
}

/** Words that are written as one text, divided by semicolons. */
export function wordsOf(text: string): readonly string[] {
  return text.split(';');
}
