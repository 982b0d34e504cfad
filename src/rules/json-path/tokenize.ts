import { pathError } from './path-error.ts';

/** A piece of a field path, with its place for messages: lines from 1, columns as the original counts them. */
export interface PathToken {
  readonly type: 'ID' | 'NUMBER' | 'NAMED_OPERATOR' | 'WHERE' | 'DOUBLEDOT' | PathLiteral;
  /** Of quoted names without the quotes. */
  readonly value: string;
  readonly line: number;
  readonly column: number;
  /** Characters before it in the whole path. */
  readonly offset: number;
}

type PathLiteral = '*' | '.' | '[' | ']' | '(' | ')' | '$' | ',' | ':' | '|' | '&';

const literals: ReadonlySet<string> = new Set(['*', '.', '[', ']', '(', ')', '$', ',', ':', '|', '&']);

const quotes: Readonly<Record<string, { type: 'ID' | 'NAMED_OPERATOR'; what: string }>> = {
  "'": { type: 'ID', what: 'singlequoted field' },
  '"': { type: 'ID', what: 'doublequoted field' },
  '`': { type: 'NAMED_OPERATOR', what: 'backquoted operator' },
};

/**
 * The tokens of a path, one at a time: what the parser refuses is reported before what comes after it.
 *
 * @throws InspectorError `invalid` with the original's sentence, for a character that begins no token and for
 *   quotes that are not closed.
 */
export function* tokenize(path: string): Generator<PathToken, void> {
  const words = /[ \t]*(?:(?<id>[a-zA-Z_@][\w@-]*)|(?<number>-?[0-9]+)|(?<newline>\n)|(?<doubledot>\.\.))/y;
  let line = 1;
  let lineStart = 0;
  let at = 0;
  const token = (type: PathToken['type'], value: string, offset: number): PathToken => {
    return { type, value, line, column: offset - lineStart, offset };
  };
  while (at < path.length) {
    words.lastIndex = at;
    const match = words.exec(path);
    const { id, number, newline, doubledot } = match?.groups ?? {};
    if (match !== null) {
      at = words.lastIndex;
      const word = id ?? number ?? doubledot ?? '';
      if (newline !== undefined) {
        line += 1;
        lineStart = at - 1;
      } else if (id !== undefined) yield token(id === 'where' ? 'WHERE' : 'ID', id, at - word.length);
      else if (number !== undefined) yield token('NUMBER', BigInt(number).toString(), at - word.length);
      else yield token('DOUBLEDOT', word, at - word.length);
      continue;
    }
    at = afterBlanks(path, at);
    const character = path.charAt(at);
    if (character === '') return;
    const quote = Object.hasOwn(quotes, character) ? quotes[character] : undefined;
    if (quote !== undefined) {
      const { value, end } = quoted(path, at, (offset) => {
        const place = `line ${line}, col ${offset - lineStart}`;
        return pathError(`Error on ${place} while lexing ${quote.what}: Unexpected character: \\ `);
      });
      yield token(quote.type, value, end);
      at = end + 1;
    } else if (literals.has(character)) {
      yield token(character as PathLiteral, character, at);
      at += 1;
    } else {
      const shown = String.fromCodePoint(path.codePointAt(at) ?? 0);
      throw pathError(`Error on line ${line}, col ${at - lineStart}: Unexpected character: ${shown} `);
    }
  }
}

function afterBlanks(path: string, start: number): number {
  let at = start;
  while (path[at] === ' ' || path[at] === '\t') at += 1;
  return at;
}

/** A backslash takes the next character as it is; `end` is where the closing quote stands. */
function quoted(
  path: string,
  start: number,
  badEscape: (offset: number) => Error,
): { value: string; end: number } {
  let value = '';
  for (let at = start + 1; at < path.length; at++) {
    if (path[at] === path[start]) return { value, end: at };
    if (path[at] === '\\') {
      at += 1;
      if (at >= path.length || path[at] === '\n') throw badEscape(at - 1);
    }
    value += path.charAt(at);
  }
  throw pathError('Unexpected EOF in string literal or identifier');
}
