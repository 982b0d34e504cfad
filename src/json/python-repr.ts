import type { JsonValue } from './json-value.ts';

/**
 * A value as Python's `repr` writes it: `{'colour': 'red', 'size': None}`. Texts of the API, of stored
 * errors and of logs carry values in this notation, and operators and log collectors match on it.
 *
 * A number without a fraction is written as a whole number, since JSON values do not tell 1.0 from 1.
 */
export function pythonRepr(value: JsonValue): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'number') return numberRepr(value);
  if (typeof value === 'string') return textRepr(value);
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  const members = Object.entries(value).map(([key, member]) => `${textRepr(key)}: ${pythonRepr(member)}`);
  return `{${members.join(', ')}}`;
}

/** A value as Python's `str` writes it: text as it stands, everything else as `pythonRepr`. */
export function pythonStr(value: JsonValue): string {
  return typeof value === 'string' ? value : pythonRepr(value);
}

function numberRepr(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  // BigInt writes all digits where String() turns to 1e+21.
  if (Number.isInteger(value)) return BigInt(value).toString();
  if (Math.abs(value) >= 1e-4) return String(value);
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}

const escapes = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

function textRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text.replace(/[\\'"\p{C}\p{Z}]/gu, (character) => {
    if (character === ' ') return character;
    if (character === "'" || character === '"') return character === quote ? `\\${quote}` : character;
    return escapes.get(character) ?? numericEscape(character.codePointAt(0) ?? 0);
  });
  return `${quote}${body}${quote}`;
}

function numericEscape(code: number): string {
  const digits = code.toString(16);
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`;
  if (code <= 0xffff) return `\\u${digits.padStart(4, '0')}`;
  return `\\U${digits.padStart(8, '0')}`;
}
