import type { ExpressionReader } from './expression-reader.ts';

/** What a backslash and what follows it stand for. */
export type Escape =
  | { readonly kind: 'character'; readonly code: number }
  /** `\d` and the like. */
  | { readonly kind: 'set'; readonly letter: string }
  /** `\A`, `\Z`, `\b`, `\B` */
  | { readonly kind: 'place'; readonly letter: string };

const controls: Readonly<Record<string, number>> = {
  a: 0x07,
  f: 0x0c,
  n: 0x0a,
  r: 0x0d,
  t: 0x09,
  v: 0x0b,
};

const hexDigits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

const lastCodePoint = 0x10ffff;

/** The largest character that an octal number can stand for. */
const lastOctal = 0o377;

/**
 * Reads what follows a backslash, which has been passed over.
 *
 * @throws ExpressionError in Python's words; for references to groups and for names of characters in our own.
 */
export function readEscape(reader: ExpressionReader, inBrackets: boolean): Escape {
  const start = reader.position - 1;
  const letter = reader.take();
  if (letter === '') throw reader.failure('bad escape (end of pattern)', start);
  if (/[0-9]/.test(letter)) return { kind: 'character', code: octal(reader, letter, start, inBrackets) };
  if (/[dDsSwW]/.test(letter)) return { kind: 'set', letter };
  if (!inBrackets && /[AZbB]/.test(letter)) return { kind: 'place', letter };
  if (letter === 'b') return { kind: 'character', code: 0x08 };
  const control = Object.hasOwn(controls, letter) ? controls[letter] : undefined;
  if (control !== undefined) return { kind: 'character', code: control };
  const digits = Object.hasOwn(hexDigits, letter) ? hexDigits[letter] : undefined;
  if (digits !== undefined) return { kind: 'character', code: hexadecimal(reader, letter, digits, start) };
  if (letter === 'N') throw reader.failure('names of characters (\\N{...}) are not supported', start);
  if (/[a-zA-Z]/.test(letter)) throw reader.failure(`bad escape \\${letter}`, start);
  return { kind: 'character', code: letter.codePointAt(0) ?? 0 };
}

function hexadecimal(reader: ExpressionReader, letter: string, digits: number, start: number): number {
  const text = reader.takeWhile(/[0-9a-fA-F]/, digits);
  if (text.length < digits) throw reader.failure(`incomplete escape \\${letter}${text}`, start);
  const code = Number.parseInt(text, 16);
  if (code > lastCodePoint) throw reader.failure(`bad escape \\${letter}${text}`, start);
  return code;
}

function octal(reader: ExpressionReader, first: string, start: number, inBrackets: boolean): number {
  const before = reader.position;
  const more = reader.takeWhile(/[0-7]/, 2);
  const isOctal = first === '0' || (first < '8' && (more.length === 2 || inBrackets));
  if (!isOctal) {
    reader.return(before);
    if (inBrackets) throw reader.failure(`bad escape \\${first}`, start);
    throw reader.failure('references to groups (\\1, \\2, ...) are not supported', start);
  }
  const code = Number.parseInt(first + more, 8);
  if (code <= lastOctal) return code;
  throw reader.failure(`octal escape value \\${first}${more} outside of range 0-0o377`, start);
}
