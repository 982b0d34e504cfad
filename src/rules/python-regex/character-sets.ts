/** First and last code points. */
export type Ranges = readonly (readonly [number, number])[];

/** The largest code point. */
const last = 0x10ffff;

const asciiDigits: Ranges = [[0x30, 0x39]];
const asciiWords: Ranges = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const asciiBlanks: Ranges = [
  [0x09, 0x0d],
  [0x20, 0x20],
];

/** What Python's `str.isspace` holds for blank. */
const blanks: Ranges = [
  [0x09, 0x0d],
  [0x1c, 0x20],
  [0x85, 0x85],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
];

/** Punctuation that connects, but for the underscore, which is part of words. */
const connectors: Ranges = [
  [0x203f, 0x2040],
  [0x2054, 0x2054],
  [0xfe33, 0xfe34],
  [0xfe4d, 0xfe4f],
  [0xff3f, 0xff3f],
];

const noWords = `\\p{M}\\p{S}\\p{Z}\\p{C}\\p{Pd}\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}\\p{Po}${rangesText(connectors)}`;

/**
 * What stands within brackets for `\d`, `\D`, `\s`, `\S`, `\w` or `\W`.
 *
 * @param ascii whether only ASCII characters count, as the flag `a` asks for.
 */
export function shorthandSet(letter: string, ascii: boolean): string {
  switch (letter) {
    case 'd':
      return ascii ? rangesText(asciiDigits) : '\\p{Nd}';
    case 'D':
      return ascii ? rangesText(complement(asciiDigits)) : '\\P{Nd}';
    case 's':
      return rangesText(ascii ? asciiBlanks : blanks);
    case 'S':
      return rangesText(complement(ascii ? asciiBlanks : blanks));
    case 'w':
      return ascii ? rangesText(asciiWords) : '\\p{L}\\p{N}_';
    default:
      return ascii ? rangesText(complement(asciiWords)) : noWords;
  }
}

/** Ranges within brackets. */
export function rangesText(ranges: Ranges): string {
  return ranges
    .map(([from, to]) => (from === to ? literal(from) : `${literal(from)}-${literal(to)}`))
    .join('');
}

/** A character that stands for itself. */
export function literal(code: number): string {
  return `\\x{${code.toString(16)}}`;
}

function complement(ranges: Ranges): Ranges {
  let next = 0;
  const gaps: [number, number][] = [];
  for (const [from, to] of ranges) {
    if (from > next) gaps.push([next, from - 1]);
    next = to + 1;
  }
  return [...gaps, [next, last]];
}
