import type { Check } from './check.ts';

/** A piece of a check string. */
export type Token =
  | { readonly kind: 'open' | 'close' | 'and' | 'or' | 'not' }
  /** Text in quotes, which no place of the language takes. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'check'; readonly check: Check };

/** Cuts a check string at blanks; parentheses may touch what they enclose. */
export function tokenize(text: string): readonly Token[] {
  return text
    .split(/\s+/)
    .filter((word) => word !== '')
    .flatMap(tokensOf);
}

function tokensOf(word: string): Token[] {
  const [opening = ''] = /^\(*/.exec(word) ?? [];
  const rest = word.slice(opening.length);
  // Not a regular expression: it would be quadratic in the number of parentheses.
  let end = rest.length;
  while (rest[end - 1] === ')') end--;
  const inner = rest.slice(0, end);
  return [
    ...Array.from(opening, (): Token => ({ kind: 'open' })),
    ...(inner === '' ? [] : [innerToken(rest, inner)]),
    ...Array.from(rest.slice(end), (): Token => ({ kind: 'close' })),
  ];
}

function innerToken(word: string, inner: string): Token {
  const keyword = inner.toLowerCase();
  if (keyword === 'and' || keyword === 'or' || keyword === 'not') return { kind: keyword };
  const isQuoted = word.length >= 2 && /^["']/.test(word) && word.at(-1) === word[0];
  return isQuoted ? { kind: 'text', text: word } : { kind: 'check', check: simpleCheck(inner) };
}

/** One check without operators: `role:admin`, `rule:is_admin`, `system_scope:all`, `@`, `!`. */
export function simpleCheck(text: string): Check {
  if (text === '!') return { kind: 'never' };
  if (text === '@') return { kind: 'always' };
  const colon = text.indexOf(':');
  if (colon < 0) return { kind: 'unclear', text };
  const [left, right] = [text.slice(0, colon), text.slice(colon + 1)];
  if (left === 'rule' || left === 'role') return { kind: left, name: right };
  if (left === 'http' || left === 'https') return { kind: 'remote', url: text };
  return { kind: 'attribute', left, right };
}
