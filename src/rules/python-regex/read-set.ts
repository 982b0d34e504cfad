import { literal, rangesText, shorthandSet } from './character-sets.ts';
import type { ExpressionReader } from './expression-reader.ts';
import { type Escape, readEscape } from './read-escape.ts';

/**
 * Reads a set of characters (`[a-z\d_]`), whose opening bracket has been passed over. In the result no character
 * has a meaning that it has not in Python, such as in `[[:alpha:]]`.
 *
 * @throws ExpressionError in Python's words.
 */
export function readSet(reader: ExpressionReader, ascii: boolean): string {
  const start = reader.position - 1;
  const negated = reader.skip('^');
  let text = '';
  for (let first = true; first || reader.next !== ']'; first = false) {
    text += readItem(reader, ascii, start);
  }
  reader.take();
  return `[${negated ? '^' : ''}${text}]`;
}

function readItem(reader: ExpressionReader, ascii: boolean, start: number): string {
  const position = reader.position;
  const from = readMember(reader, start);
  const hyphen = reader.position;
  if (!reader.skip('-')) return memberText(from, ascii);
  if (reader.next === ']') {
    reader.return(hyphen);
    return memberText(from, ascii);
  }
  const to = readMember(reader, start);
  if (from.kind === 'character' && to.kind === 'character' && from.code <= to.code) {
    return rangesText([[from.code, to.code]]);
  }
  throw reader.failure('bad character range', position);
}

function readMember(reader: ExpressionReader, start: number): Escape {
  const character = reader.take();
  if (character === '') throw reader.failure('unterminated character set', start);
  if (character === '\\') return readEscape(reader, true);
  return { kind: 'character', code: character.codePointAt(0) ?? 0 };
}

function memberText(member: Escape, ascii: boolean): string {
  return member.kind === 'character' ? literal(member.code) : shorthandSet(member.letter, ascii);
}
