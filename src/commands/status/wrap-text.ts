/** After a hyphen between two words of letters, as in `backwards-compatible`. */
const betweenWords = /(?<=\p{L}{2}-|\p{L}-[\w!"'&.,?]-)(?=\p{L}-?\p{L})/u;

/**
 * Breaks a text into lines as Python's `textwrap` does, which the original uses: at white space, behind hyphens,
 * and inside what is longer than a line. Several spaces count as one. Every line but the first begins with `indent`.
 */
export function wrapText(text: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  const chunks = chunksOf(text).toReversed();
  while (chunks.length > 0) {
    const start = lines.length === 0 ? '' : indent;
    if (lines.length > 0 && chunks.at(-1) === ' ') chunks.pop();
    const line = takeLine(chunks, width - start.length);
    if (line !== '') lines.push(start + line);
  }
  return lines;
}

/** Words, parts of words that end with a hyphen, and single spaces between words. */
function chunksOf(text: string): string[] {
  return text
    .trim()
    .split(/\s+/)
    .flatMap((word, place) => [...(place === 0 ? [] : [' ']), ...word.split(betweenWords)]);
}

/** Takes from the end of `chunks` what fits on a line. */
function takeLine(chunks: string[], width: number): string {
  let line = '';
  for (let chunk = chunks.at(-1); chunk !== undefined; chunk = chunks.at(-1)) {
    if (line.length + chunk.length > width) break;
    line += chunk;
    chunks.pop();
  }
  const next = chunks.at(-1);
  if (next === undefined || next.length <= width) return line.trimEnd();
  const taken = partOf(next, Math.max(width - line.length, 1));
  chunks[chunks.length - 1] = next.slice(taken.length);
  return (line + taken).trimEnd();
}

/** What of a long word goes on this line; up to a hyphen where there is one. */
function partOf(word: string, room: number): string {
  const hyphen = word.slice(0, room).lastIndexOf('-');
  return hyphen > 0 && /[^-]/.test(word.slice(0, hyphen)) ? word.slice(0, hyphen + 1) : word.slice(0, room);
}
