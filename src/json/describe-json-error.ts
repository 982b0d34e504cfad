import { pathText } from './json-path.ts';

interface Level {
  readonly kind: 'object' | 'array';
  /** `undefined` as long as the member's name is not known. */
  part: string | number | undefined;
}

type Expected =
  | 'a value'
  | "a value or ']'"
  | 'a name'
  | "a name or '}'"
  | "':'"
  | "',' or '}'"
  | "',' or ']'"
  | 'nothing more'
  | 'a character, an escape or the end of a string';

/** What is wrong with a text that should be JSON. */
export interface JsonErrorDescription {
  /** `expected ',' or ']', got "x" in inventory.disks, line 3 column 9` */
  readonly reason: string;
  /** The text would be well-formed but for `NaN`, `Infinity` or `-Infinity` at that place. */
  readonly nonFinite: boolean;
}

const blank = /[ \t\n\r]*/y;
const literal = /true|false|null/y;
const numeral = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const nonFinite = /NaN|-?Infinity/y;
const simpleEscape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Where and why a text is no JSON. Slower than `JSON.parse`, and asked only after that has failed; not
 * recursive.
 */
export function describeJsonError(text: string): JsonErrorDescription {
  return new Locator(text).describe();
}

class Locator {
  readonly #text: string;
  readonly #levels: Level[] = [];
  #at = 0;
  #expected: Expected = 'a value';

  constructor(text: string) {
    this.#text = text;
  }

  describe(): JsonErrorDescription {
    let going = true;
    while (going) going = this.#step();
    const where = this.#where();
    const found = this.#expected.startsWith('a value') ? this.#take(nonFinite) : undefined;
    if (found !== undefined) {
      return { reason: `expected a finite number, got ${found} in ${where}`, nonFinite: true };
    }
    const character = this.#text[this.#at];
    const got = character === undefined ? 'the end' : JSON.stringify(character);
    return { reason: `expected ${this.#expected}, got ${got} in ${where}`, nonFinite: false };
  }

  /** False when the next token is not what it should be. */
  #step(): boolean {
    this.#take(blank);
    const next = this.#text[this.#at];
    if (next === undefined) return false;
    switch (this.#expected) {
      case 'a value':
      case "a value or ']'":
        return next === ']' && this.#expected !== 'a value' ? this.#close() : this.#value(next);
      case 'a name':
      case "a name or '}'":
        return next === '}' && this.#expected !== 'a name' ? this.#close() : this.#name();
      case "':'":
        return next === ':' && this.#expect(1, 'a value');
      case "',' or '}'":
        return next === ',' ? this.#nextMember() : next === '}' && this.#close();
      case "',' or ']'":
        return next === ',' ? this.#nextItem() : next === ']' && this.#close();
      default:
        return false;
    }
  }

  #expect(length: number, expected: Expected): true {
    this.#at += length;
    this.#expected = expected;
    return true;
  }

  #value(next: string): boolean {
    if (next === '{') {
      this.#levels.push({ kind: 'object', part: undefined });
      return this.#expect(1, "a name or '}'");
    }
    if (next === '[') {
      this.#levels.push({ kind: 'array', part: 0 });
      return this.#expect(1, "a value or ']'");
    }
    const taken = next === '"' ? this.#string() : (this.#take(literal) ?? this.#take(numeral));
    return taken !== undefined && this.#afterValue();
  }

  #name(): boolean {
    const taken = this.#text[this.#at] === '"' ? this.#string() : undefined;
    const level = this.#levels.at(-1);
    if (taken === undefined || level === undefined) return false;
    level.part = JSON.parse(taken) as string;
    return this.#expect(0, "':'");
  }

  #nextMember(): true {
    const level = this.#levels.at(-1);
    if (level !== undefined) level.part = undefined;
    return this.#expect(1, 'a name');
  }

  #nextItem(): true {
    const level = this.#levels.at(-1);
    if (typeof level?.part === 'number') level.part++;
    return this.#expect(1, 'a value');
  }

  #close(): boolean {
    this.#levels.pop();
    this.#at++;
    return this.#afterValue();
  }

  #afterValue(): true {
    const kind = this.#levels.at(-1)?.kind;
    if (kind === undefined) return this.#expect(0, 'nothing more');
    return this.#expect(0, kind === 'object' ? "',' or '}'" : "',' or ']'");
  }

  /** A whole string with its quotes; on a bad character the position is left there. */
  #string(): string | undefined {
    const start = this.#at++;
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 0x22) return this.#text.slice(start, ++this.#at);
      if (code >= 0x20 && code !== 0x5c) this.#at++;
      else if (code !== 0x5c || this.#take(simpleEscape) === undefined) {
        this.#expected = 'a character, an escape or the end of a string';
        return undefined;
      }
    }
  }

  #take(token: RegExp): string | undefined {
    token.lastIndex = this.#at;
    const found = token.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #where(): string {
    const before = this.#text.slice(0, this.#at);
    const column = before.length - before.lastIndexOf('\n');
    const line = before.split('\n').length;
    const path = this.#levels.flatMap((level) => level.part ?? []);
    return `${pathText(path)}, line ${line} column ${column}`;
  }
}
