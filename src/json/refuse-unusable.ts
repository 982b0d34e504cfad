import { InspectorError } from '../errors/inspector-error.ts';
import { pathText } from './json-path.ts';
import type { JsonValue } from './json-value.ts';

/**
 * Refuses what is well-formed JSON and yet no data: numbers beyond any finite value, NUL and lone
 * surrogates in texts and names (databases and terminals choke on them), and the name `__proto__`. The
 * recursion is bounded by the depth that `scanJson` has let through.
 *
 * @throws InspectorError `invalid` naming the member (docs/compatibility.md, json-unusable-values).
 */
export function refuseUnusable(value: JsonValue): void {
  visit(value, []);
}

function visit(value: JsonValue, path: (string | number)[]): void {
  if (typeof value === 'string') refuseText(value, () => `${pathText(path)} contains`);
  else if (typeof value === 'number') refuseNumber(value, path);
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) visitMember(item, path, index);
  } else if (value !== null && typeof value === 'object') {
    for (const name of Object.keys(value)) {
      refuseName(name, path);
      visitMember(value[name] ?? null, path, name);
    }
  }
}

function visitMember(value: JsonValue, path: (string | number)[], part: string | number): void {
  path.push(part);
  visit(value, path);
  path.pop();
}

function refuseNumber(value: number, path: readonly (string | number)[]): void {
  if (Number.isFinite(value)) return;
  throw new InspectorError('invalid', `Invalid data: ${pathText(path)} is not a finite number`);
}

function refuseName(name: string, path: readonly (string | number)[]): void {
  if (name === '__proto__') {
    throw new InspectorError(
      'invalid',
      `Invalid data: ${pathText(path)} has a member __proto__, which is not allowed`,
    );
  }
  refuseText(name, () => `a member name in ${pathText(path)} contains`);
}

function refuseText(text: string, subject: () => string): void {
  if (text.includes('\0')) throw new InspectorError('invalid', `Invalid data: ${subject()} a NUL character`);
  if (!text.isWellFormed())
    throw new InspectorError('invalid', `Invalid data: ${subject()} a lone surrogate`);
}
