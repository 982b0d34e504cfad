/**
 * A default value as SQL writes it, the same for all engines: a quoted text for texts, dates and
 * enumerations, a bare number for numbers, 1 or 0 for booleans. `type` is a word of `storedType`.
 */
export function storedDefault(type: string, value: string | number | boolean | undefined): string | null {
  if (value === undefined) return null;
  const text = String(value);
  if (type === 'boolean') return /^(1|true|t)$/i.test(text) ? '1' : '0';
  if ((type === 'integer' || type === 'float') && text.trim() !== '') return String(Number(text));
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * The same from the text that a catalogue shows: a literal, perhaps in parentheses or with PostgreSQL's cast
 * behind it. Anything else is an expression, which stays as it is and equals no declared default.
 */
export function defaultFromCatalogue(type: string, shown: string | null): string | null {
  if (shown === null) return null;
  const literal = withoutCast(withoutParentheses(shown.trim()));
  if (/^null$/i.test(literal)) return null;
  const quoted = /^'((?:[^']|'')*)'$/s.exec(literal)?.[1];
  if (quoted !== undefined) return storedDefault(type, quoted.replaceAll("''", "'"));
  if (/^(true|false|[+-]?[\d.]+(e[+-]?\d+)?)$/i.test(literal)) return storedDefault(type, literal);
  return shown;
}

function withoutParentheses(text: string): string {
  const inner = /^\((.*)\)$/s.exec(text)?.[1];
  return inner === undefined ? text : withoutParentheses(inner.trim());
}

function withoutCast(text: string): string {
  const literal = /^('(?:[^']|'')*'|\(?[\w.+-]+\)?)::[\w\s".[\](),]+$/s.exec(text)?.[1];
  return literal === undefined ? text : withoutParentheses(literal);
}
