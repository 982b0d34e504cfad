const expectation = 'expected key:value pairs separated by commas';

/**
 * `key:value` pairs, comma-separated; the first colon splits, blanks around both are dropped, empty parts are
 * ignored. A part without a colon belongs to the pair before it (docs/compatibility.md, dict-part-without-colon).
 * @throws Error that says what is expected: on an empty key, a key that comes twice, a pair without colon.
 */
export function parseMap(text: string): Readonly<Record<string, string>> {
  return pairsOf(text.split(','), (value) => value);
}

/**
 * Like `parseMap`, but a value may stand in single or double quotes and then hold commas: `a:"x,y",b:c`.
 * @throws Error as `parseMap`, and on a quote that is not closed.
 */
export function parseQuotedMap(text: string): Readonly<Record<string, string>> {
  return pairsOf(joinQuoted(text.split(',')), unquote);
}

function pairsOf(
  parts: readonly string[],
  valueOf: (raw: string) => string,
): Readonly<Record<string, string>> {
  const pairs: string[] = [];
  for (const part of parts) {
    if (part.trim() === '') continue;
    if (part.includes(':') || pairs.length === 0) pairs.push(part);
    else pairs.push(`${pairs.pop()},${part}`);
  }
  const result = new Map<string, string>();
  for (const pair of pairs) {
    const colon = pair.indexOf(':');
    const key = pair.slice(0, Math.max(colon, 0)).trim();
    if (key === '') throw new Error(expectation);
    if (result.has(key)) throw new Error(`${expectation}, each key once`);
    result.set(key, valueOf(pair.slice(colon + 1).trim()));
  }
  return Object.fromEntries(result);
}

/** Puts the parts of a quoted value together again, up to the part that ends in the same quote. */
function joinQuoted(parts: readonly string[]): string[] {
  const joined: string[] = [];
  let open: string | undefined;
  for (const part of parts) {
    if (open === undefined) joined.push(part);
    else joined.push(`${joined.pop()},${part}`);
    const start = open === undefined ? part.slice(part.indexOf(':') + 1).trimStart() : part;
    const quote = open ?? /^["']/.exec(start)?.[0];
    const closed =
      quote === undefined ||
      (start.trimEnd().endsWith(quote) && (open !== undefined || start.trimEnd() !== quote));
    open = closed ? undefined : quote;
  }
  return joined;
}

function unquote(value: string): string {
  const quote = value[0];
  if (quote !== '"' && quote !== "'") return value;
  if (value.length < 2 || !value.endsWith(quote)) throw new Error(`${expectation}, each quote closed`);
  return value.slice(1, -1);
}
