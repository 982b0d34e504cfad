import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonValue } from '../json/json-value.ts';
import { pythonStr } from '../json/python-repr.ts';

/** Comparisons with one value. The first that the text begins with counts, so longer ones come first. */
const unaryOperators = [
  '==',
  '=',
  '!=',
  '<in>',
  '>=',
  '<=',
  '>',
  '<',
  's==',
  's!=',
  's<=',
  's<',
  's>=',
  's>',
] as const;

const keywords = [...unaryOperators, '<all-in>', '<or>'] as const;

export type HintOperator = (typeof keywords)[number];

/** An operator and its values; `operator` is `undefined` for a plain value. */
export interface HintExpression {
  readonly operator: HintOperator | undefined;
  readonly values: readonly string[];
}

/**
 * Reads `<or>` v (`<or>` v)*, `<all-in>` v+, an operator and one value, or a plain value. A value is a run
 * of anything but white space that does not begin with an operator; what follows is ignored. `undefined`
 * when the text is none of these, such as an operator alone.
 */
export function parseExpression(text: string): HintExpression | undefined {
  const alternatives = repeated(text, '<or>');
  if (alternatives.length > 0) return { operator: '<or>', values: alternatives };
  const start = skipBlanks(text, 0);
  if (text.startsWith('<all-in>', start)) {
    const values = atoms(text, start + '<all-in>'.length);
    if (values.length > 0) return { operator: '<all-in>', values };
  }
  const operator = unaryOperators.find((candidate) => text.startsWith(candidate, start));
  const atom = atomAt(text, start + (operator?.length ?? 0));
  return atom === undefined ? undefined : { operator, values: [atom.text] };
}

/**
 * The operator and the values of a hint, where values may have spaces in them: lower-case, trimmed, split
 * wherever the operator stands.
 *
 * @throws InspectorError `invalid` when the expression is empty or lacks a value.
 */
export function splitHint(name: string, expression: JsonValue): HintExpression {
  const text = pythonStr(expression).trim().toLowerCase();
  if (text === '') throw new InspectorError('invalid', `Root device hint "${name}" expression is empty`);
  const parsed = parseExpression(text);
  if (parsed === undefined) {
    const message = `Root device hint "${name}" has an operator without a value. Hint expression: ${text}`;
    throw new InspectorError('invalid', message);
  }
  return split(text, parsed.operator);
}

/**
 * The form in which text hints, and the disk's text, are compared: lower-case, every value percent-encoded
 * (which keeps the spaces inside values), joined with single spaces.
 */
export function normalizedHint({ operator, values }: HintExpression): string {
  const joined = values.map((value) => ` ${percentEncoded(value)} `).join(operator ?? '');
  return `${operator ?? ''}${joined}`.trim();
}

/** The same for what a disk says of itself; `undefined` when it is blank. An operator alone is a value here. */
export function normalizedAttribute(value: string): string | undefined {
  const text = value.trim().toLowerCase();
  if (text === '') return undefined;
  const parsed = parseExpression(text);
  return parsed === undefined ? percentEncoded(text) : normalizedHint(split(text, parsed.operator));
}

function split(text: string, operator: HintOperator | undefined): HintExpression {
  if (operator === undefined) return { operator, values: [text] };
  const values = text.split(operator).filter((value) => value !== '');
  return { operator, values: values.map((value) => value.trim()) };
}

/** Letters, digits and `_.-~/` stand for themselves; a lone surrogate becomes U+FFFD. */
function percentEncoded(value: string): string {
  return encodeURIComponent(value.toWellFormed())
    .replaceAll('%2F', '/')
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function repeated(text: string, operator: string): string[] {
  const values: string[] = [];
  for (let at = skipBlanks(text, 0); text.startsWith(operator, at); ) {
    const atom = atomAt(text, at + operator.length);
    if (atom === undefined) break;
    values.push(atom.text);
    at = skipBlanks(text, atom.end);
  }
  return values;
}

function atoms(text: string, from: number): string[] {
  const values: string[] = [];
  for (let atom = atomAt(text, from); atom !== undefined; atom = atomAt(text, atom.end))
    values.push(atom.text);
  return values;
}

function atomAt(text: string, from: number): { text: string; end: number } | undefined {
  const start = skipBlanks(text, from);
  if (keywords.some((keyword) => text.startsWith(keyword, start))) return undefined;
  const word = /\S+/y;
  word.lastIndex = start;
  const found = word.exec(text)?.[0];
  return found === undefined ? undefined : { text: found, end: start + found.length };
}

function skipBlanks(text: string, from: number): number {
  const blanks = /[ \t\r\n]*/y;
  blanks.lastIndex = from;
  blanks.test(text);
  return blanks.lastIndex;
}
