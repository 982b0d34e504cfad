import { literal, shorthandSet } from './character-sets.ts';
import { ExpressionError } from './expression-error.ts';
import { type ExpressionFlags, noFlags, readFlags } from './expression-flags.ts';
import { ExpressionReader } from './expression-reader.ts';
import { readEscape } from './read-escape.ts';
import { type Quantifier, readQuantifier } from './read-quantifier.ts';
import { readSet } from './read-set.ts';

/** Steps of the compiled expression; what one costs grows with it. */
const largest = 2000;

/** Sets beyond ASCII take long to compile. */
const mostSets = 200;

/** Python's own limit is the depth of its stack. */
const deepest = 100;

/** A translated piece. */
interface Piece {
  readonly text: string;
  /** Characters that it matches. */
  readonly least: number;
  readonly most: number;
  /** Steps, roughly. */
  readonly size: number;
  /** A place in the text, which cannot be repeated. */
  readonly isPlace?: boolean;
}

/**
 * Writes an expression in Python's syntax as one in RE2's that finds the same, as far as the yes or no goes:
 * groups do not remember, laziness makes no difference. Look-behinds stay, since they are linear here.
 *
 * @throws ExpressionError in Python's words for what is no expression; for references to groups, look-aheads,
 *   conditions, atomic groups and possessive repetitions, and for what is too large, in our own.
 */
export function translateExpression(expression: string): string {
  const reader = new ExpressionReader(expression);
  const { text } = new Translation(reader).all();
  return text;
}

class Translation {
  readonly #reader: ExpressionReader;
  #sets = 0;
  #depth = 0;
  #lookBehinds = 0;

  constructor(reader: ExpressionReader) {
    this.#reader = reader;
  }

  all(): Piece {
    const flags = this.#globalFlags();
    const piece = this.#alternatives(flags);
    if (this.#reader.next !== '') throw this.#reader.failure('unbalanced parenthesis');
    return flags.ignoreCase ? { ...piece, text: `(?i:${piece.text})` } : piece;
  }

  /** They may stand at the very beginning only. */
  #globalFlags(): ExpressionFlags {
    let flags = noFlags;
    for (;;) {
      const start = this.#reader.position;
      const next = this.#reader.skip('(?') ? readFlags(this.#reader, flags) : undefined;
      if (next === undefined || !this.#reader.skip(')')) {
        this.#reader.return(start);
        return flags;
      }
      flags = next;
    }
  }

  #alternatives(flags: ExpressionFlags): Piece {
    this.#depth += 1;
    if (this.#depth > deepest) throw new ExpressionError(`expected at most ${deepest} nested groups`);
    const branches = [this.#sequence(flags)];
    while (this.#reader.skip('|')) branches.push(this.#sequence(flags));
    this.#depth -= 1;
    return {
      text: branches.map(({ text }) => text).join('|'),
      least: Math.min(...branches.map(({ least }) => least)),
      most: Math.max(...branches.map(({ most }) => most)),
      size: checkedSize(branches.reduce((sum, { size }) => sum + size + 1, 0)),
    };
  }

  #sequence(flags: ExpressionFlags): Piece {
    const sequence = { text: '', least: 0, most: 0, size: 0 };
    for (;;) {
      this.#skipVerbose(flags);
      const { next } = this.#reader;
      if (next === '' || next === '|' || next === ')') return sequence;
      const start = this.#reader.position;
      const atom = this.#atom(flags);
      const piece = atom === undefined ? undefined : this.#repeated(atom, flags, start);
      if (piece === undefined) continue;
      sequence.text += piece.text;
      sequence.least += piece.least;
      sequence.most += piece.most;
      sequence.size = checkedSize(sequence.size + piece.size);
    }
  }

  #repeated(atom: Piece, flags: ExpressionFlags, start: number): Piece {
    this.#skipVerbose(flags);
    const quantifier = readQuantifier(this.#reader);
    if (quantifier === undefined) return atom;
    if (atom.isPlace === true) throw this.#reader.failure('nothing to repeat', start + atom.text.length);
    this.#skipVerbose(flags);
    const position = this.#reader.position;
    if (readQuantifier(this.#reader) !== undefined) throw this.#reader.failure('multiple repeat', position);
    return repeat(atom, quantifier);
  }

  /** `undefined` for what matches nothing, such as a comment. */
  #atom(flags: ExpressionFlags): Piece | undefined {
    const reader = this.#reader;
    const start = reader.position;
    if (readQuantifier(reader) !== undefined) throw reader.failure('nothing to repeat', start);
    const character = reader.take();
    switch (character) {
      case '(':
        return this.#group(flags, start);
      case '[':
        return this.#set(readSet(reader, flags.ascii));
      case '.':
        return one(flags.dotAll ? '(?s:.)' : '[^\\n]');
      case '^':
        return place(flags.multiline ? '(?m:^)' : '\\A');
      case '$':
        return place(this.#end(flags.multiline));
      case '\\':
        return this.#escape(flags);
      default:
        return one(literal(character.codePointAt(0) ?? 0));
    }
  }

  /** Where only the line end of the last line follows is an end as well. */
  #end(multiline: boolean): string {
    if (multiline) return '(?m:$)';
    return this.#lookBehinds > 0 ? '\\z' : '(?:\\n?\\z)';
  }

  #escape(flags: ExpressionFlags): Piece {
    const escape = readEscape(this.#reader, false);
    if (escape.kind === 'character') return one(literal(escape.code));
    const { letter } = escape;
    if (escape.kind === 'place') return place(letter === 'Z' ? '\\z' : `\\${letter}`);
    const isNegated = letter === letter.toUpperCase();
    const set = shorthandSet(letter.toLowerCase(), flags.ascii);
    return this.#set(`[${isNegated ? '^' : ''}${set}]`);
  }

  #set(text: string): Piece {
    this.#sets += 1;
    if (this.#sets > mostSets) throw new ExpressionError(`expected at most ${mostSets} sets of characters`);
    return one(text);
  }

  #group(flags: ExpressionFlags, start: number): Piece | undefined {
    const reader = this.#reader;
    if (!reader.skip('?')) return this.#closed(flags, start, '(?:');
    if (reader.skip('#')) {
      if (reader.takeUntil(')') === undefined) {
        throw reader.failure('missing ), unterminated comment', start);
      }
      return undefined;
    }
    if (reader.skip(':')) return this.#closed(flags, start, '(?:');
    if (reader.skip('P')) return this.#named(flags, start);
    if (reader.skip('<=')) return this.#lookBehind(flags, start, '(?<=');
    if (reader.skip('<!')) return this.#lookBehind(flags, start, '(?<!');
    for (const [opening, what] of unsupported) {
      if (reader.skip(opening)) throw reader.failure(`${what} (?${opening}...) are not supported`, start);
    }
    const inner = readFlags(reader, flags);
    if (inner === undefined) throw reader.failure(`unknown extension ?${reader.next}`, start + 1);
    if (reader.next === ')') {
      throw reader.failure('global flags not at the start of the expression', start);
    }
    if (!reader.skip(':')) throw reader.failure('missing -, : or )');
    const isSame = inner.ignoreCase === flags.ignoreCase;
    return this.#closed(inner, start, isSame ? '(?:' : inner.ignoreCase ? '(?i:' : '(?-i:');
  }

  /** Behind `(?P`. */
  #named(flags: ExpressionFlags, start: number): Piece {
    const reader = this.#reader;
    if (reader.skip('=')) throw reader.failure('references to groups (?P=...) are not supported', start);
    if (!reader.skip('<')) throw reader.failure(`unknown extension ?P${reader.next}`, start + 1);
    const position = reader.position;
    const name = reader.takeUntil('>');
    if (name === undefined) throw reader.failure('missing >, unterminated name', position);
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) {
      throw reader.failure(
        name === '' ? 'missing group name' : `bad character in group name '${name}'`,
        position,
      );
    }
    return this.#closed(flags, start, '(?:');
  }

  #lookBehind(flags: ExpressionFlags, start: number, opening: string): Piece {
    this.#lookBehinds += 1;
    const piece = this.#closed(flags, start, opening);
    this.#lookBehinds -= 1;
    if (piece.least !== piece.most) throw new ExpressionError('look-behind requires fixed-width pattern');
    return { ...piece, least: 0, most: 0 };
  }

  #closed(flags: ExpressionFlags, start: number, opening: string): Piece {
    const inner = this.#alternatives(flags);
    if (this.#reader.skip(')')) return { ...inner, text: `${opening}${inner.text})` };
    throw this.#reader.failure('missing ), unterminated subpattern', start);
  }

  #skipVerbose(flags: ExpressionFlags): void {
    const reader = this.#reader;
    while (flags.verbose && /^[ \t\n\r\v\f#]$/.test(reader.next)) {
      if (reader.take() !== '#') continue;
      while (reader.next !== '' && reader.take() !== '\n');
    }
  }
}

/** By what follows the question mark. */
const unsupported: readonly (readonly [string, string])[] = [
  ['=', 'look-aheads'],
  ['!', 'look-aheads'],
  ['>', 'atomic groups'],
  ['(', 'conditions'],
];

function one(text: string): Piece {
  return { text, least: 1, most: 1, size: 1 };
}

function place(text: string): Piece {
  return { text, least: 0, most: 0, size: 1, isPlace: true };
}

function repeat(atom: Piece, { least, most }: Quantifier): Piece {
  const times = most === undefined ? `{${least},}` : `{${least},${most}}`;
  // An empty piece, however often, matches nothing more.
  const text = atom.text === '' ? '' : `(?:${atom.text})${times}`;
  return {
    text,
    least: atom.least * least,
    most: atom.most === 0 ? 0 : atom.most * (most ?? Number.POSITIVE_INFINITY),
    size: checkedSize((atom.size + 1) * Math.max(most ?? least + 1, 1)),
  };
}

function checkedSize(size: number): number {
  if (size <= largest) return size;
  throw new ExpressionError(`expected at most ${largest} steps with all repetitions, got more`);
}
